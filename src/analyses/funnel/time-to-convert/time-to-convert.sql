-- One row per step of {steps:Array(String)}: how long customers took from their first event of the first step in
-- [{period_start:Date}, {period_end:Date}), shop time zone, to the first event of this step after all before it, within
-- {window_hours:UInt32} hours. Quantiles are exact, with linear interpolation; null where nobody reached the step.
with

touches as (

    select
        customer_key,
        (event_at, batch_key, source_row) as place,
        indexOf({steps:Array(String)}, toString(event_type)) as step
    from scoped_events
    where customer_key != 0 and step > 0

),

-- Of the first step only its first time counts, so that the many looks after it are kept in no list.
customers as (

    select
        minIf(place, step = 1) as first_place,
        arraySort(groupArrayIf((place, step), step > 1)) as further_touches
    from touches
    group by customer_key
    having countIf(step = 1) > 0

),

reached_places as (

    select arrayFold(
        (places, wanted) -> if(
            length(places) < wanted - 1,
            places,
            arrayConcat(places, arraySlice(arrayFilter(
                touch -> touch.2 = wanted
                    and touch.1 > places[wanted - 1]
                    and dateDiff('millisecond', places[1].1, touch.1.1) <= {window_hours:UInt32} * 3600000,
                further_touches
            ), 1, 1).1)
        ),
        range(2, length({steps:Array(String)}) + 1),
        [first_place]
    ) as places
    from customers

),

waits as (

    select
        reached_step,
        dateDiff('millisecond', places[1].1, places[reached_step].1) / 1000 as wait_seconds
    from reached_places
    array join arrayEnumerate(places) as reached_step

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
