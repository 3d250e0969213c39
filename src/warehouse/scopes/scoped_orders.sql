-- Orders placed in [{period_start:Date}, {period_end:Date}) that have a positive line.
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
