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
            argMin(events.channel, events.place),
            argMax(events.channel, events.place)
        ) as touch_channel,
        if(
            {attribution:String} = 'first',
            argMinIf(events.product_key, events.place, events.product_key != 0),
            argMaxIf(events.product_key, events.place, events.product_key != 0)
        ) as touch_product_key,
        arrayMap(
            touch -> (toUInt64(bitAnd(touch, 255)), toInt64(bitShiftRight(touch, 80)) - 2208988800000),
            arraySort(groupArrayIf(bitShiftLeft(events.place, 8) + events.step, events.step > 0))
        ) as touches
    from (
        select
            customer_key,
            product_key,
            channel::String as channel,
            indexOf({steps:Array(String)}, toString(event_type)) as step,
            -- Milliseconds since 1900 (48 bits), batch (32) and row (40) in one number, which compares faster than a tuple.
            bitShiftLeft(toUInt128(toUnixTimestamp64Milli(event_at) + 2208988800000), 72)
            + bitShiftLeft(toUInt128(batch_key), 40)
            + source_row as place
        from scoped_events
    ) as events
    where events.customer_key != 0
    group by touching_key
) as people_touches
left any join dim_customer as people on people_touches.touching_key = people.customer_key
left any join dim_product as products on people_touches.touch_product_key = products.product_key
