-- Grain: one step. Sessions or customers that reached it; 0 where none did.
select
    step,
    entity_count
from (
    select arrayResize(
        sumForEach(arrayMap(is_reached_step -> is_reached_step * reached.entity_count, reached.is_reached)),
        length({steps:Array(String)})
    ) as entity_counts
    from funnel_reached as reached
)
array join
    entity_counts as entity_count,
    arrayEnumerate(entity_counts) as step
