-- Which steps an entity reached when each must come later than the one before, or at the same time in a later row, all
-- within {window_hours:UInt32} hours of the first. starts[k] is the start of the newest run that has reached step k (-4e18
-- when none has): a newer start leaves more time for the steps that follow.
select
    arrayMap(
        start -> start > -4000000000000000000,
        arrayFold(
            (starts, touch) -> arrayMap(
                (start, step) -> multiIf(
                    step != touch.1, start,
                    step = 1, touch.2,
                    touch.2 - starts[step - 1] <= {window_hours:UInt32} * 3600000, starts[step - 1],
                    start
                ),
                starts,
                range(1, length({steps:Array(String)}) + 1)
            ),
            touches,
            arrayResize(emptyArrayInt64(), length({steps:Array(String)}), toInt64(-4000000000000000000))
        )
    ) as is_reached,
    entity_count,
    breakdown
from funnel_entities
