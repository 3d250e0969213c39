-- Grain: one step. Events of its kind, whoever did them and in whatever order; 0 where there are none.
select
    listed.step as step,
    sum(counted.event_count) as entity_count
from (
    select arrayJoin(range(1, length({steps:Array(String)}) + 1)) as step
) as listed
left join (
    select
        indexOf({steps:Array(String)}, toString(events.event_type)) as event_step,
        count() as event_count
    from scoped_events as events
    group by event_step
) as counted on listed.step = counted.event_step
group by listed.step
