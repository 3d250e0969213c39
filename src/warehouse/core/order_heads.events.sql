-- Orders of purchase events, in a shop without order files: one per order id given, else per session, else per event.
-- Unless {is_whole:Bool}, the touched ones.
insert into order_heads
select
    order_key,
    argMin(order_id, (event_at, batch_key, source_row)) as order_id,
    '' as status,
    false as is_cancelled,
    argMin(channel, (event_at, batch_key, source_row)) as channel,
    argMin(customer_key, (event_at, batch_key, source_row)) as customer_key,
    '' as country,
    min(event_at) as placed_at,
    min(event_at) as paid_at,
    null as cancelled_at,
    0 as tax_minor,
    0 as shipping_minor
from purchase_events
where {is_whole:Bool} or order_key in touched_orders
group by order_key
