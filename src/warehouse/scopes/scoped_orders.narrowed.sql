-- Orders of the period, only those with a positive line of the chosen brands and categories and of customers of the chosen
-- segments; their amounts are of the whole order. Flagged traffic is left out if asked.
select *
from orders_in_period
where
    (
        (empty({brand:Array(String)}) and empty({category:Array(String)}))
        or order_key in (
            select order_key
            from fct_order_lines
            where quantity > 0 and unit_price_minor > 0 and product_key in scoped_products
        )
    )
    and (empty({segment:Array(String)}) or customer_key in segment_customers)
    and (
        {traffic:String} = 'everyone'
        or (
            customer_key not in (select customer_key from dim_staff)
            and (customer_key, toUInt64(0), ordered_on) not in flagged_days
        )
    )
