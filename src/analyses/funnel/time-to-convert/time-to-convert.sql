-- One row per step of {steps:Array(String)}: how long customers took from their first event of the first step in
-- [{period_start:Date}, {period_end:Date}), shop time zone, to the first event of this step after all before it, within
-- {window_hours:UInt32} hours. Quantiles are exact, with linear interpolation; null where nobody reached the step.
with

reached_places as (

    select
        funnel_entities.touches as touches,
        arrayFold(
            (places, wanted) -> if(
                length(places) < wanted - 1 or (wanted > 1 and places[wanted - 1] = 0),
                places,
                arrayPushBack(places, toUInt64(arrayFirstIndex(
                    (touch, place) -> touch.1 = wanted
                        and (wanted = 1 or (place > places[wanted - 1] and touch.2 - touches[places[1]].2 <= {window_hours:UInt32} * 3600000)),
                    touches,
                    arrayEnumerate(touches)
                )))
            ),
            range(1, length({steps:Array(String)}) + 1),
            emptyArrayUInt64()
        ) as all_places,
        arrayMap(place -> touches[place].2, arrayFilter(place -> place > 0, all_places)) as times
    from funnel_entities

),

waits as (

    select
        reached_step,
        (times[reached_step] - times[1]) / 1000 as wait_seconds
    from reached_places
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
