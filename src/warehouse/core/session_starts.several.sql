-- Starts of the sessions around [{first_on:Date}, {last_on:Date}], days of the shop's time zone, of every source that has more than one
-- there or whose sessions are found by pauses; unless {is_whole:Bool}, of touched sources alone. Which sources these are is asked
-- first: most ids have one session, and a list for each of them would fill the memory.
insert into session_starts
with

sessions as (

    select
        source_key,
        is_inferred,
        started_at
    from fct_sessions
    where
        slice_on >= toStartOfMonth({first_on:Date} - 5)
        and started_on >= {first_on:Date} - 4
        and started_on <= {last_on:Date} + 3
        and ({is_whole:Bool} or (source_key, is_inferred) in touched_sources)

)

select
    source_key,
    is_inferred,
    groupArray(started_at) as starts
from sessions
where
    (source_key, is_inferred) in (
        select
            source_key,
            is_inferred
        from sessions
        group by source_key, is_inferred
        having count() > 1 or is_inferred
    )
group by source_key, is_inferred
