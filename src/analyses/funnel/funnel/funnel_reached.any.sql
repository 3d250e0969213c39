-- Which steps an entity did at all, each counted alone.
select
    arrayMap(
        step -> arrayExists(touch -> touch.1 = step, touches),
        range(1, length({steps:Array(String)}) + 1)
    ) as is_reached,
    entity_count,
    breakdown
from funnel_entities
