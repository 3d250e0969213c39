-- Writes each incoming order line.
create materialized view if not exists stg_order_lines_view to stg_order_lines as
select
    batch_key,
    source_row,
    order_key,
    order_id,
    line_id,
    line_at,
    customer_key,
    product_key,
    quantity,
    unit_price_minor,
    amount_minor,
    discount_minor,
    unit_cost_minor,
    tax_minor,
    shipping_minor,
    status,
    channel,
    country,
    currency
from in_order_lines
