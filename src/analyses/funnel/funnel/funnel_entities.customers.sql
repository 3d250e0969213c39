-- Grain: one customer. touches holds (step, milliseconds since 1970) in order of time, ties by batch and row. The unknown
-- customer (key 0) is no one.
select
    arrayMap(
        touch -> (touch.4, toUnixTimestamp64Milli(touch.1)),
        arraySort(groupArray((events.event_at, events.batch_key, events.source_row, step)))
    ) as touches,
    1 as entity_count
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
