-- Orders placed in [{period_start:Date}, {period_end:Date}) that have a positive line.
-- Only orders with a positive line of the chosen brands and categories; their amounts are of the whole order.
select
    order_key,
    order_id,
    status,
    channel,
    customer_key,
    country,
    placed_at,
    ordered_on,
    line_count,
    unit_count,
    gross_minor,
    refunded_minor,
    net_minor,
    discount_minor,
    tax_minor,
    shipping_minor
from fct_orders
where
    ordered_on >= {period_start:Date}
    and ordered_on < {period_end:Date}
    and has_positive_line
    and (not is_cancelled or {include_cancelled:Bool})
    and (empty({channel:Array(String)}) or has({channel:Array(String)}, channel))
    and (empty({country:Array(String)}) or has({country:Array(String)}, country))
    and order_key in (select order_key from fct_order_lines where quantity > 0 and unit_price_minor > 0 and product_key in scoped_products)
