-- Which steps an entity reached when order does not matter: step k when events of all steps up to k lie within
-- {window_hours:UInt32} hours. state.1[k] is the last time of step k so far (-4e18 before the first); state.2[k] tells
-- whether the last times of the steps up to k were ever close enough.
select
    arrayMap(
        (was_reached, step) -> was_reached
            or arrayMax(arraySlice(last_state.1, 1, step)) - arrayMin(arraySlice(last_state.1, 1, step)) <= {window_hours:UInt32} * 3600000
            and arrayMin(arraySlice(last_state.1, 1, step)) > -4000000000000000000,
        last_state.2,
        range(1, length({steps:Array(String)}) + 1)
    ) as is_reached,
    entity_count,
    breakdown
from (
    select
        arrayFold(
            (state, touch) -> (
                arrayMap(
                    (last_time, step) -> if(step = touch.1, touch.2, last_time),
                    state.1,
                    range(1, length({steps:Array(String)}) + 1)
                ),
                arrayMap(
                    (was_reached, step) -> toUInt8(
                        was_reached
                        or arrayMax(arraySlice(state.1, 1, step)) - arrayMin(arraySlice(state.1, 1, step)) <= {window_hours:UInt32} * 3600000
                        and arrayMin(arraySlice(state.1, 1, step)) > -4000000000000000000
                    ),
                    state.2,
                    range(1, length({steps:Array(String)}) + 1)
                )
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
