-- Visitors flagged on days in [{first_on:Date}, {last_on:Date}], shop time zone: with a marked event, with more than
-- {most_per_minute:UInt32} events within a minute of the clock, or more than {most_per_day:UInt32} on the day. Several products of one
-- message (ids `id#2`, `id#3`, ...) are one event here. Visitors with as few rows as a minute may have are not looked at closer.
-- Unless {is_whole:Bool}, what the rollup says and what the {added:Array(UInt32)} batches, all of them in {events:Identifier}, add to it:
-- events that come take no flag from anybody.
insert into next_agg_flagged_daily
with

suspects as (

    select
        event_on,
        customer_key,
        if(customer_key = 0, session_key, 0) as lone_key
    from person_events
    where
        event_on >= {first_on:Date}
        and event_on <= {last_on:Date}
        and not is_derived
        and (customer_key != 0 or session_key != 0)
        and (
            {is_whole:Bool}
            or customer_key in (select customer_key from {events:Identifier} where batch_key in {added:Array(UInt32)})
        )
    group by event_on, customer_key, lone_key
    having
        {is_whole:Bool} and (max(is_staff) or max(is_bot))
        or count() > least({most_per_minute:UInt32}, {most_per_day:UInt32})

),

minutes as (

    select
        event_on,
        customer_key,
        if(customer_key = 0, session_key, 0) as lone_key,
        max(is_staff) as has_test,
        max(is_bot) as has_robot,
        countIf(not match(event_id, '#[0-9]+$')) as minute_count
    from person_events
    where
        event_on >= {first_on:Date}
        and event_on <= {last_on:Date}
        and not is_derived
        and (event_on, customer_key, lone_key) in suspects
    group by event_on, customer_key, lone_key, toStartOfMinute(event_at)

),

reasons as (

    select
        event_on as day_on,
        customer_key,
        lone_key,
        multiIf(max(has_test), 'test', max(has_robot), 'robot', 'rate') as reason
    from minutes
    group by event_on, customer_key, lone_key
    having
        max(has_test)
        or max(has_robot)
        or sum(minute_count) > {most_per_day:UInt32}
        or max(minute_count) > {most_per_minute:UInt32}

    union all

    select
        event_on as day_on,
        customer_key,
        if(customer_key = 0, session_key, 0) as lone_key,
        if(is_staff, 'test', 'robot') as reason
    from person_events
    where
        not {is_whole:Bool}
        and event_on >= {first_on:Date}
        and event_on <= {last_on:Date}
        and batch_key in {added:Array(UInt32)}
        and (is_staff or is_bot)
        and not is_derived
        and (customer_key != 0 or session_key != 0)

    union all

    select
        day_on,
        customer_key,
        session_key as lone_key,
        toString(reason) as reason
    from agg_flagged_daily
    where day_on >= {first_on:Date} and day_on <= {last_on:Date} and not {is_whole:Bool}

)

-- Of several reasons the first in the order of the kinds.
select
    day_on,
    customer_key,
    lone_key as session_key,
    min(cast(reasons.reason, 'Enum8(\'test\' = 1, \'robot\' = 2, \'rate\' = 3)')) as reason
from reasons
group by day_on, customer_key, lone_key
