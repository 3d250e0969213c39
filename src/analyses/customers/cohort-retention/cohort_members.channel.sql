-- Grain: one customer with an order, who joins on the day of the first, with its channel; '(unknown)' where it has none.
select
    firsts.first_customer_key as member_key,
    firsts.first_on as joined_on,
    if(firsts.first_channel = '', '(unknown)', firsts.first_channel) as cohort_value
from (
    select
        customer_key as first_customer_key,
        min(ordered_on) as first_on,
        argMin(channel::String, (placed_at, order_key)) as first_channel
    from fct_orders
    where
        customer_key != 0
        and has_positive_line
        and not is_cancelled
        and (
            (empty({country:Array(String)}) and empty({segment:Array(String)}) and {traffic:String} = 'everyone')
            or customer_key in scoped_customers
        )
        and ({traffic:String} = 'everyone' or (customer_key, toUInt64(0), ordered_on) not in flagged_days)
    group by first_customer_key
) as firsts
