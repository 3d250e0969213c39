-- Where sessions start for every source of events whose answer is not simply "its first event". Window of starts:
-- [{window_start:DateTime64(3, 'UTC')}, {window_end:DateTime64(3, 'UTC')}), both midnights UTC; events are read from a day
-- before to a day after. A session that started in the day before is carried in, because it may hold events of the window.
-- Of the sources in {events:Identifier}: person_events, or touched_events; of these those of part {part:UInt16} of {part_count:UInt16}. Inferred sessions begin anew after a pause of more than {gap_seconds:UInt32} seconds; every session is cut at 24 hours.
insert into session_starts
with

window_events as (

    select
        if(session_key != 0, session_key, customer_key) as source_key,
        session_key = 0 as is_inferred,
        event_at
    from {events:Identifier}
    where
        event_on >= toDate({window_start:DateTime64(3, 'UTC')}) - 2
        and event_on <= toDate({window_end:DateTime64(3, 'UTC')}) + 2
        and event_at >= {window_start:DateTime64(3, 'UTC')} - interval 24 hour
        and event_at < {window_end:DateTime64(3, 'UTC')} + interval 24 hour
        and not is_derived
        and (session_key != 0 or customer_key != 0)
        and intHash32(if(session_key != 0, session_key, customer_key)) % {part_count:UInt16} = {part:UInt16}

),

intricate_sources as (

    select
        source_key,
        is_inferred
    from window_events
    group by source_key, is_inferred
    having
        is_inferred
        or min(event_at) < {window_start:DateTime64(3, 'UTC')}
        or max(event_at) >= min(event_at) + interval 24 hour

),

carried as (

    select
        source_key,
        is_inferred,
        max(started_at) as carried_at
    from {carried_from:Identifier}
    where
        started_at >= {window_start:DateTime64(3, 'UTC')} - interval 24 hour
        and started_at < {window_start:DateTime64(3, 'UTC')}
        and slice_on >= toStartOfMonth(toDate({window_start:DateTime64(3, 'UTC')}) - 1)
        and intHash32(source_key) % {part_count:UInt16} = {part:UInt16}
    group by source_key, is_inferred

),

timelines as (

    select
        events.source_key as source_key,
        events.is_inferred as is_inferred,
        any(carried.carried_at) as carried_at,
        arraySort(groupArray(toUnixTimestamp64Milli(events.event_at))) as all_times
    from window_events as events
    left any join carried on events.source_key = carried.source_key and events.is_inferred = carried.is_inferred
    where (events.source_key, events.is_inferred) in intricate_sources
    group by events.source_key, events.is_inferred

),

open_timelines as (

    select
        source_key,
        is_inferred,
        if(
            toUnixTimestamp64Milli(carried_at) > 0,
            toUnixTimestamp64Milli(carried_at),
            toUnixTimestamp64Milli({window_start:DateTime64(3, 'UTC')})
        ) as from_time,
        arrayFilter(time -> time >= from_time, all_times) as times
    from timelines

)

select
    source_key,
    is_inferred,
    arrayMap(
        time -> fromUnixTimestamp64Milli(time, 'UTC'),
        arrayFold(
            (found, time) -> if(
                time - found.2 >= 86400000 or (is_inferred and time - found.3 > {gap_seconds:UInt32} * 1000),
                (arrayPushBack(found.1, time), time, time),
                (found.1, found.2, time)
            ),
            times,
            (emptyArrayInt64(), toInt64(-100000000000), toInt64(-100000000000))
        ).1
    ) as starts
from open_timelines
where notEmpty(times)
