-- Grain: one order that has been paid at some time, as the warehouse takes it: its header, times in UTC.
create or replace view store.v_out_orders as
select
    orders.order_id::text as subject_id,
    'S-' || orders.order_id as order_id,
    'S-' || orders.customer_id as customer_id,
    orders.status,
    store.utc_text(orders.placed_at) as placed_at,
    store.utc_text(orders.paid_at) as paid_at,
    store.utc_text(orders.shipped_at) as shipped_at,
    store.utc_text(orders.delivered_at) as delivered_at,
    store.utc_text(orders.cancelled_at) as cancelled_at,
    orders.channel,
    orders.country,
    orders.tax_minor,
    orders.shipping_minor
from store.orders
where orders.paid_at is not null;
