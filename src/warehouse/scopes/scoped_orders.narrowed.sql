-- Orders of the period, only those with a positive line of the chosen brands and categories; their amounts are of the whole
-- order.
select *
from orders_in_period
where order_key in (
    select order_key
    from fct_order_lines
    where quantity > 0 and unit_price_minor > 0 and product_key in scoped_products
)
