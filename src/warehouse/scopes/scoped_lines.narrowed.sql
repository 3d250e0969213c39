-- Order lines dated in [{period_start:Date}, {period_end:Date}): sales on the order's day, returns on the return's.
-- Only lines of the chosen brands and categories.
select
    order_key,
    line_at,
    line_on,
    ordered_on,
    customer_key,
    product_key,
    channel,
    country,
    quantity,
    unit_price_minor,
    discount_minor,
    revenue_minor,
    unit_cost_minor,
    margin_minor,
    is_return,
    is_adjustment
from fct_order_lines
where
    line_on >= {period_start:Date}
    and line_on < {period_end:Date}
    and (not is_cancelled or {include_cancelled:Bool})
    and (empty({channel:Array(String)}) or has({channel:Array(String)}, channel))
    and (empty({country:Array(String)}) or has({country:Array(String)}, country))
    and product_key in scoped_products
