-- Order lines dated before {period_end:Date}, from 112 days before {period_start:Date} on: what the period's
-- days are held against. No day is before the first of 1970.
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
    revenue_minor
from fct_order_lines
where
    line_on >= {period_start:Date} - least(112, toUInt16({period_start:Date}))
    and line_on < {period_end:Date}
    and (not is_cancelled or {include_cancelled:Bool})
    and (empty({channel:Array(String)}) or has({channel:Array(String)}, channel))
    and (empty({country:Array(String)}) or has({country:Array(String)}, country))
