-- Grain: one customer and day with an order line of any kind, before {period_end:Date}: returns, adjustments, free items and
-- lines of cancelled orders too.
select distinct
    customer_key,
    line_on as active_on
from fct_order_lines
where
    customer_key != 0
    and line_on < {period_end:Date}
    and ((empty({country:Array(String)}) and empty({segment:Array(String)})) or customer_key in scoped_customers)
