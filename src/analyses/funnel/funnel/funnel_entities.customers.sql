-- Grain: one customer. touches holds (step, milliseconds since 1970) in order of time, ties by batch and row; of a step that
-- repeats right after itself only the first and the last time, which decide alone. The unknown customer (key 0) is no one.
select
    arrayFilter(
        (touch, before, after) -> touch.1 != before.1 or touch.1 != after.1,
        all_touches,
        arrayPushFront(arrayPopBack(all_touches), (0, 0)),
        arrayPushBack(arrayPopFront(all_touches), (0, 0))
    ) as touches,
    1 as entity_count,
    '' as breakdown
from (
    -- Milliseconds since 1900 (48 bits), batch (32), row (40) and step (8) in one number: it sorts twice as fast as a tuple.
    select arrayMap(
        touch -> (toUInt64(bitAnd(touch, 255)), toInt64(bitShiftRight(touch, 80)) - 2208988800000),
        arraySort(groupArray(
            bitShiftLeft(toUInt128(toUnixTimestamp64Milli(events.event_at) + 2208988800000), 80)
            + bitShiftLeft(toUInt128(events.batch_key), 48)
            + bitShiftLeft(toUInt128(events.source_row), 8)
            + step
        ))
    ) as all_touches
    from (
        select
            customer_key,
            event_at,
            batch_key,
            source_row,
            indexOf({steps:Array(String)}, toString(event_type)) as step
        from scoped_events
        where customer_key != 0 and step > 0
    ) as events
    group by events.customer_key
)
