-- Grain: one order, cancelled ones included, as in fct_orders.
create or replace view fact_order as
select
    order_key,
    order_id,
    toYYYYMMDD(ordered_on) as time_key,
    customer_key as user_key,
    status,
    is_cancelled,
    channel,
    country,
    currency,
    placed_at,
    line_count,
    unit_count,
    gross_minor,
    refunded_minor,
    net_minor,
    discount_minor,
    tax_minor,
    shipping_minor
from fct_orders
