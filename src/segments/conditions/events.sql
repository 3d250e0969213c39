-- Grain: one customer with {min_count:UInt32} to {max_count:UInt32} events of the kind {event_type:String} in [{period_start:Date},
-- {period_end:Date}), shop time zone. The unknown customer (key 0) is no one.
select events.customer_key as customer_key
from scoped_events as events
where
    events.customer_key != 0
    and events.event_type = {event_type:String}
    and (empty({product_id:Array(String)}) or events.product_key in condition_products)
group by events.customer_key
having count() >= {min_count:UInt32} and count() <= {max_count:UInt32}
