-- Order lines of orders placed in [{period_start:Date}, {period_end:Date}), returns included whenever they came.
select
    order_key,
    line_on,
    ordered_on,
    customer_key,
    product_key,
    channel,
    country,
    quantity,
    unit_price_minor,
    revenue_minor
from fct_order_lines
where
    ordered_on >= {period_start:Date}
    and ordered_on < {period_end:Date}
    and (not is_cancelled or {include_cancelled:Bool})
    and (empty({channel:Array(String)}) or has({channel:Array(String)}, channel))
    and (empty({country:Array(String)}) or has({country:Array(String)}, country))
