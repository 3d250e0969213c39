-- Grain: one customer and day with an order line of any kind, before {period_end:Date}: returns, adjustments, free items and
-- lines of cancelled orders too.
select distinct
    customer_key,
    line_on as active_on
from fct_order_lines
where
    customer_key != 0
    and line_on < {period_end:Date}
    and (
        (empty({country:Array(String)}) and empty({segment:Array(String)}) and {traffic:String} = 'everyone')
        or customer_key in scoped_customers
    )
    and ({traffic:String} = 'everyone' or (customer_key, toUInt64(0), ordered_on) not in flagged_days)
