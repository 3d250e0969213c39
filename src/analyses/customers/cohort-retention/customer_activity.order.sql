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
    and (
        (empty({country:Array(String)}) and empty({segment:Array(String)}) and {traffic:String} = 'everyone')
        or customer_key in scoped_customers
    )
    and ({traffic:String} = 'everyone' or (customer_key, toUInt64(0), ordered_on) not in flagged_days)
