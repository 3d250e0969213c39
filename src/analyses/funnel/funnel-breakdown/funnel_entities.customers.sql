-- Grain: one customer with the value of {by:String} of the first or the last event. touches holds (step, milliseconds since 1970)
-- in order of time, ties by batch and row. The unknown customer (key 0) is no one.
select
    people_touches.touches as touches,
    1 as entity_count,
    multiIf(
        {by:String} = 'channel', people_touches.touch_channel,
        {by:String} = 'country', people.country::String,
        {by:String} = 'category', products.category::String,
        products.brand::String
    ) as breakdown
from (
    select
        events.customer_key as touching_key,
        if(
            {attribution:String} = 'first',
            argMin(events.channel::String, (events.event_at, events.batch_key, events.source_row)),
            argMax(events.channel::String, (events.event_at, events.batch_key, events.source_row))
        ) as touch_channel,
        if(
            {attribution:String} = 'first',
            argMinIf(events.product_key, (events.event_at, events.batch_key, events.source_row), events.product_key != 0),
            argMaxIf(events.product_key, (events.event_at, events.batch_key, events.source_row), events.product_key != 0)
        ) as touch_product_key,
        arrayMap(
            touch -> (touch.4, toUnixTimestamp64Milli(touch.1)),
            arraySort(groupArrayIf(
                (events.event_at, events.batch_key, events.source_row, indexOf({steps:Array(String)}, toString(events.event_type))),
                indexOf({steps:Array(String)}, toString(events.event_type)) > 0
            ))
        ) as touches
    from scoped_events as events
    where events.customer_key != 0
    group by touching_key
) as people_touches
left any join dim_customer as people on people_touches.touching_key = people.customer_key
left any join dim_product as products on people_touches.touch_product_key = products.product_key
