-- One row per reason and day with an event, session, order or line in [{period_start:Date}, {period_end:Date}), shop time zone.
-- Each flagged thing has one reason: staff before test before robot before rate. Lines are dated on their own day and flagged
-- by the day their order was placed. Cancelled orders are left out. Everything is counted from the same rows as what is flagged of it:
-- rollups stand still until events that arrived are built.
with

flags as (

    select
        day_on as flagged_on,
        customer_key as flagged_key,
        session_key as flagged_session_key,
        toString(reason) as day_reason
    from agg_flagged_daily

),

flagged as (

    select
        event_on as day_on,
        event_on as visit_on,
        customer_key,
        if(customer_key = 0, source_key, 0) as lone_key,
        multiIf(is_staff, 'test', is_bot, 'robot', '') as mark,
        count() as events,
        0 as sessions,
        0 as orders,
        toInt64(0) as gross_minor
    from scoped_events
    where
        is_bot
        or is_staff
        or customer_key in (select customer_key from dim_staff)
        or (customer_key, if(customer_key = 0, source_key, 0), event_on) in flagged_days
    group by day_on, visit_on, customer_key, lone_key, mark

    union all

    select
        started_on,
        started_on,
        customer_key,
        if(customer_key = 0, source_key, 0) as lone_key,
        '',
        0,
        count(),
        0,
        0
    from scoped_sessions
    where
        customer_key in (select customer_key from dim_staff)
        or (customer_key, if(customer_key = 0, source_key, 0), started_on) in flagged_days
    group by started_on, customer_key, lone_key

    union all

    select
        ordered_on,
        ordered_on,
        customer_key,
        0,
        '',
        0,
        0,
        count(),
        0
    from scoped_orders
    where
        customer_key in (select customer_key from dim_staff)
        or (customer_key, toUInt64(0), ordered_on) in flagged_days
    group by ordered_on, customer_key

    union all

    select
        line_on,
        ordered_on,
        customer_key,
        0,
        '',
        0,
        0,
        0,
        sumIf(revenue_minor, revenue_minor > 0)
    from scoped_lines
    where
        customer_key in (select customer_key from dim_staff)
        or (customer_key, toUInt64(0), ordered_on) in flagged_days
    group by line_on, ordered_on, customer_key

),

reasons as (

    select
        flagged.day_on as reason_on,
        multiIf(
            flagged.customer_key in (select customer_key from dim_staff), 'staff',
            flags.day_reason != '', flags.day_reason,
            flagged.mark
        ) as why,
        sum(flagged.events) as flagged_events,
        sum(flagged.sessions) as flagged_sessions,
        sum(flagged.orders) as flagged_orders,
        sum(flagged.gross_minor) as flagged_gross_minor
    from flagged
    left any join flags
        on flagged.visit_on = flags.flagged_on
        and flagged.customer_key = flags.flagged_key
        and flagged.lone_key = flags.flagged_session_key
    group by reason_on, why

),

days as (

    select
        total_on,
        sum(events) as all_events,
        sum(sessions) as all_sessions,
        sum(orders) as all_orders,
        sum(gross_minor) as all_gross_minor
    from (
        select event_on as total_on, count() as events, 0 as sessions, 0 as orders, toInt64(0) as gross_minor
        from scoped_events
        group by event_on

        union all

        select started_on, 0, count(), 0, 0
        from scoped_sessions
        group by started_on

        union all

        select ordered_on, 0, 0, count(), 0
        from scoped_orders
        group by ordered_on

        union all

        select line_on, 0, 0, 0, sumIf(revenue_minor, revenue_minor > 0)
        from scoped_lines
        group by line_on
    )
    group by total_on

),

day_reasons as (

    select
        total_on,
        arrayJoin(['robot', 'rate', 'staff', 'test']) as wanted,
        all_events,
        all_sessions,
        all_orders,
        all_gross_minor
    from days

)

select
    day_reasons.total_on as day_on,
    day_reasons.wanted as reason,
    reasons.flagged_events as event_count,
    reasons.flagged_sessions as session_count,
    reasons.flagged_orders as order_count,
    reasons.flagged_gross_minor as gross_revenue_minor,
    day_reasons.all_events as all_event_count,
    day_reasons.all_sessions as all_session_count,
    day_reasons.all_orders as all_order_count,
    day_reasons.all_gross_minor as all_gross_revenue_minor,
    if(all_event_count = 0, null, event_count / all_event_count) as event_share_rate,
    if(all_gross_revenue_minor = 0, null, gross_revenue_minor / all_gross_revenue_minor) as revenue_share_rate
from day_reasons
left any join reasons on day_reasons.total_on = reasons.reason_on and day_reasons.wanted = reasons.why
order by day_on, reason
