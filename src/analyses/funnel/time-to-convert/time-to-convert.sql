-- One row per step of {steps:Array(String)}: how long customers took from their first event of the first step in
-- [{period_start:Date}, {period_end:Date}), shop time zone, to the first event of this step after all before it, within
-- {window_hours:UInt32} hours. Quantiles are exact, with linear interpolation; null where nobody reached the step.
with

reach_times as (

    select arrayFold(
        (times, touch) -> if(
            touch.1 = length(times) + 1 and (empty(times) or touch.2 - times[1] <= {window_hours:UInt32} * 3600000),
            arrayPushBack(times, touch.2),
            times
        ),
        funnel_entities.touches,
        emptyArrayInt64()
    ) as times
    from funnel_entities

),

waits as (

    select
        reached_step,
        (times[reached_step] - times[1]) / 1000 as wait_seconds
    from reach_times
    array join arrayEnumerate(times) as reached_step

)

select
    listed.place as step,
    {steps:Array(String)}[listed.place] as step_name,
    if(taken.reached_count = 0, null, taken.median_wait) as median_seconds,
    if(taken.reached_count = 0, null, taken.p90_wait) as p90_seconds,
    taken.reached_count as entity_count
from (select arrayJoin(range(1, length({steps:Array(String)}) + 1)) as place) as listed
left any join (
    select
        reached_step,
        count() as reached_count,
        quantileExactInclusive(0.5)(wait_seconds) as median_wait,
        quantileExactInclusive(0.9)(wait_seconds) as p90_wait
    from waits
    group by reached_step
) as taken on listed.place = taken.reached_step
order by step
