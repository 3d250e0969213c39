-- Which steps an entity reached when between a step and the next there is no event of any other listed step, all within
-- {window_hours:UInt32} hours of the first. A run that waits at step k survives events of k and of k + 1 only. state.1[k] is
-- the start of the newest run waiting at k (-4e18 when none is); state.2[k] tells whether one waited there before.
select
    arrayMap((was_reached, start) -> was_reached or start > -4000000000000000000, last_state.2, last_state.1) as is_reached,
    entity_count,
    breakdown
from (
    select
        arrayFold(
            (state, touch) -> (
                arrayMap(
                    (start, step) -> multiIf(
                        step = 1 and touch.1 = 1, touch.2,
                        step = touch.1 and touch.2 - state.1[step - 1] <= {window_hours:UInt32} * 3600000, greatest(start, state.1[step - 1]),
                        step = touch.1 or step + 1 = touch.1, start,
                        toInt64(-4000000000000000000)
                    ),
                    state.1,
                    range(1, length({steps:Array(String)}) + 1)
                ),
                arrayMap((was_reached, start) -> toUInt8(was_reached or start > -4000000000000000000), state.2, state.1)
            ),
            touches,
            (
                arrayResize(emptyArrayInt64(), length({steps:Array(String)}), toInt64(-4000000000000000000)),
                arrayResize(emptyArrayUInt8(), length({steps:Array(String)}))
            )
        ) as last_state,
        entity_count,
        breakdown
    from funnel_entities
)
