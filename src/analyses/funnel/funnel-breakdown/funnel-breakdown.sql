-- One row per value of {by:String} and step of {steps:Array(String)}, over sessions or customers of [{period_start:Date},
-- {period_end:Date}), shop time zone: the {limit:UInt32} values that most reached the first step, '(unknown)' where there is none.
-- Rates are against the step before and the first step of the same value; null where that one was reached by none.
with

reached_values as (

    select
        reached.breakdown as reached_value,
        arrayResize(
            sumForEach(arrayMap(is_reached_step -> is_reached_step * reached.entity_count, reached.is_reached)),
            length({steps:Array(String)})
        ) as entity_counts
    from funnel_reached as reached
    group by reached_value
    order by entity_counts[1] desc, reached_value
    limit {limit:UInt32}

),

counts as (

    select
        reached_value,
        entity_counts[1] as first_count,
        entity_count as step_count,
        step_place
    from reached_values
    array join
        entity_counts as entity_count,
        arrayEnumerate(entity_counts) as step_place

)

select
    if(reached_value = '', '(unknown)', reached_value) as breakdown,
    step_place as step,
    {steps:Array(String)}[step_place] as step_name,
    step_count as entity_count,
    if(
        {order:String} = 'any',
        null,
        step_count / nullIf(lagInFrame(step_count, 1, step_count) over (partition by reached_value order by step_place rows between unbounded preceding and current row), 0)
    ) as step_rate,
    step_count / nullIf(first_count, 0) as overall_rate
from counts
order by first_count desc, breakdown, step
