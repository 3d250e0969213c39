-- Grain: one customer and day with an order that has a positive line and is not cancelled, before {period_end:Date}.
select distinct
    customer_key,
    ordered_on as active_on
from fct_orders
where
    customer_key != 0
    and has_positive_line
    and not is_cancelled
    and ordered_on < {period_end:Date}
    and ((empty({country:Array(String)}) and empty({segment:Array(String)})) or customer_key in scoped_customers)
