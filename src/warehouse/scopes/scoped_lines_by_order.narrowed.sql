-- Lines of orders of the period, only those of the chosen brands and categories.
select *
from lines_by_order_in_period
where product_key in scoped_products
