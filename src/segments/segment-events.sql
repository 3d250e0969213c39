-- One row per thing that happened to the segments {names:Array(String)}, or to all when none is named; times are UTC; by segment, in
-- order of their happening.
select
    events.segment as segment,
    events.sequence as sequence,
    events.happened_at as happened_at,
    events.actor as actor,
    events.action as action,
    events.definition as definition
from ops_segment_events as events
where empty({names:Array(String)}) or has({names:Array(String)}, events.segment)
order by segment, sequence
