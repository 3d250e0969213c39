-- One row per step of {steps:Array(String)} but the last, over sessions of [{period_start:Date}, {period_end:Date}), shop time zone:
-- sessions that reached it, each later than the step before or at the same time in a later row, and not the next one. lost_minor
-- values each at the mean revenue of the sessions that did go on, null where none did.
with

patterns as (

    select
        arrayCompact(sessions.event_types) as event_kinds,
        count() as pattern_count,
        sum(sessions.revenue_minor) as pattern_minor
    from scoped_sessions as sessions
    group by event_kinds

),

reached as (

    select
        length(arrayFold(
            (seen, type) -> if(
                length(seen) < length({steps:Array(String)}) and toString(type) = {steps:Array(String)}[length(seen) + 1],
                arrayPushBack(seen, 1),
                seen
            ),
            event_kinds,
            emptyArrayUInt8()
        )) as step_count,
        pattern_count,
        pattern_minor
    from patterns

),

steps as (

    select
        listed.step as step,
        sumIf(reached.pattern_count, reached.step_count >= listed.step) as reached_count,
        sumIf(reached.pattern_count, reached.step_count = listed.step) as lost_count,
        sumIf(reached.pattern_minor, reached.step_count > listed.step) as continued_minor
    from (select arrayJoin(range(1, length({steps:Array(String)}))) as step) as listed
    cross join reached
    group by step

)

select
    steps.step as step,
    {steps:Array(String)}[steps.step] as step_name,
    {steps:Array(String)}[steps.step + 1] as next_step_name,
    steps.reached_count as session_count,
    steps.lost_count as lost_session_count,
    lost_session_count / nullIf(session_count, 0) as lost_rate,
    steps.continued_minor / nullIf(session_count - lost_session_count, 0) as continuing_value_minor,
    lost_session_count * continuing_value_minor as lost_minor
from steps
order by step
