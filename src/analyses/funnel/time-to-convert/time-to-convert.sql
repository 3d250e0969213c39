-- One row per step of {steps:Array(String)}: how long customers took from their first event of the first step in
-- [{period_start:Date}, {period_end:Date}), shop time zone, to the first event of this step after all before it, within
-- {window_hours:UInt32} hours. Quantiles are exact, with linear interpolation; null where nobody reached the step.
with

-- Milliseconds since 1900 (48 bits), batch (32), row (40) and step (8) in one number, which compares faster than a tuple.
touches as (

    select
        customer_key,
        indexOf({steps:Array(String)}, toString(event_type)) as step,
        bitShiftLeft(toUInt128(toUnixTimestamp64Milli(event_at) + 2208988800000), 80)
            + bitShiftLeft(toUInt128(batch_key), 48)
            + bitShiftLeft(toUInt128(source_row), 8)
            + step as touch
    from scoped_events
    where customer_key != 0 and step > 0

),

-- Most only look: they reached the first step at once, and nothing of them needs to be kept.
customers as (

    select
        minIf(touch, step = 1) as first_touch,
        arraySort(groupArrayIf(touch, step > 1)) as further_touches
    from touches
    where customer_key in (select customer_key from touches where step > 1)
    group by customer_key
    having countIf(step = 1) > 0

),

-- The first touch of each step reached, one after the other.
journeys as (

    select arrayFold(
        (reached, wanted) -> if(
            length(reached) < wanted - 1,
            reached,
            arrayConcat(reached, arraySlice(arrayFilter(
                touch -> bitAnd(touch, 255) = wanted
                    and touch > reached[wanted - 1]
                    and bitShiftRight(touch, 80) - bitShiftRight(reached[1], 80) <= {window_hours:UInt32} * 3600000,
                further_touches
            ), 1, 1))
        ),
        range(2, length({steps:Array(String)}) + 1),
        [first_touch]
    ) as reached_touches
    from customers

),

waits as (

    select
        reached_step,
        toInt64(bitShiftRight(reached_touches[reached_step], 80) - bitShiftRight(reached_touches[1], 80)) / 1000 as wait_seconds
    from journeys
    array join arrayEnumerate(reached_touches) as reached_step
    where reached_step > 1

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
        1 as reached_step,
        uniqExact(customer_key) as reached_count,
        0 as median_wait,
        0 as p90_wait
    from touches
    where step = 1

    union all

    select
        reached_step,
        count() as reached_count,
        quantileExactInclusive(0.5)(wait_seconds) as median_wait,
        quantileExactInclusive(0.9)(wait_seconds) as p90_wait
    from waits
    group by reached_step
) as taken on listed.place = taken.reached_step
order by step
