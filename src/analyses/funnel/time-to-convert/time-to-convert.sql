-- One row per step of {steps:Array(String)}: how long customers took from their first event of the first step in
-- [{period_start:Date}, {period_end:Date}), shop time zone, to the first event of this step after all before it, within
-- {window_hours:UInt32} hours. Quantiles are exact, with linear interpolation; null where nobody reached the step.
-- A touch is one 128-bit number, from the highest bits down: milliseconds since 1970 (44), batch (32), row (48), step (4). Numbers are
-- kept and sorted at a third of the cost of tuples.
with

touches as (

    select
        customer_key,
        indexOf({steps:Array(String)}, toString(event_type)) as step,
        bitShiftLeft(toUInt128(toUnixTimestamp64Milli(event_at)), 84)
            + bitShiftLeft(toUInt128(batch_key), 52)
            + bitShiftLeft(toUInt128(source_row), 4)
            + step as touch
    from scoped_events
    where customer_key != 0 and step > 0

),

-- Of the first step only its first time counts, so that the many looks after it are kept in no list.
customers as (

    select
        minIf(touch, step = 1) as first_touch,
        arraySort(groupArrayIf(touch, step > 1)) as further_touches
    from touches
    group by customer_key
    having first_touch != 0

),

reached_steps as (

    select arrayFold(
        (reached, wanted) -> if(
            length(reached) < wanted - 1,
            reached,
            arrayConcat(reached, arraySlice(arrayFilter(
                touch -> bitAnd(touch, 15) = wanted
                    and touch > reached[wanted - 1]
                    and bitShiftRight(touch, 84) - bitShiftRight(reached[1], 84) <= {window_hours:UInt32} * 3600000,
                further_touches
            ), 1, 1))
        ),
        range(2, length({steps:Array(String)}) + 1),
        [first_touch]
    ) as reached
    from customers

),

waits as (

    select
        reached_step,
        toInt64(bitShiftRight(reached[reached_step], 84) - bitShiftRight(reached[1], 84)) / 1000 as wait_seconds
    from reached_steps
    array join arrayEnumerate(reached) as reached_step

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
