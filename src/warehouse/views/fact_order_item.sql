-- Grain: one order line, of cancelled orders too, as in fct_order_lines.
create or replace view fact_order_item as
select
    order_key,
    line_id,
    toYYYYMMDD(line_on) as time_key,
    product_key,
    quantity,
    unit_price_minor,
    discount_minor,
    revenue_minor as net_revenue_minor,
    unit_cost_minor,
    margin_minor,
    is_return,
    is_cancelled
from fct_order_lines
