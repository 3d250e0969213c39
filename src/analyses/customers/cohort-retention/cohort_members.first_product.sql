-- Grain: one customer with an order, who joins on the day of the first, with the product that brought most of its revenue, ties
-- by product id; '(unknown)' where that is not known.
select
    firsts.first_customer_key as member_key,
    firsts.first_on as joined_on,
    if(firsts.first_value = '', '(unknown)', firsts.first_value) as cohort_value
from (
    select
        orders.customer_key as first_customer_key,
        min(orders.ordered_on) as first_on,
        argMin(products.product_id, (orders.placed_at, orders.order_key, -lines.revenue_minor, products.product_id)) as first_value
    from fct_orders as orders
    inner join fct_order_lines as lines on orders.order_key = lines.order_key
    left any join dim_product as products on lines.product_key = products.product_key
    where
        orders.customer_key != 0
        and orders.has_positive_line
        and not orders.is_cancelled
        and lines.quantity > 0
        and lines.unit_price_minor > 0
        and (
            (empty({country:Array(String)}) and empty({segment:Array(String)}) and {traffic:String} = 'everyone')
            or orders.customer_key in scoped_customers
        )
        and ({traffic:String} = 'everyone' or (orders.customer_key, toUInt64(0), orders.ordered_on) not in flagged_days)
    group by first_customer_key
) as firsts
