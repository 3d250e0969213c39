-- Grain: sessions of one pattern of steps. touches holds (step, time) in order of time, ties by row order; all times are 0,
-- because a session needs no window. Repetitions of a kind right after itself change no order, so they are merged first.
select
    arrayFilter(
        touch -> touch.1 > 0,
        arrayMap(type -> (indexOf({steps:Array(String)}, toString(type)), toInt64(0)), patterns.event_kinds)
    ) as touches,
    patterns.session_count as entity_count,
    '' as breakdown
from (
    select
        arrayCompact(sessions.event_types) as event_kinds,
        count() as session_count
    from scoped_sessions as sessions
    group by event_kinds
) as patterns
