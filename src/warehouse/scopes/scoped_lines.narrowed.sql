-- Order lines of the period, only those of the chosen brands and categories.
select *
from lines_in_period
where product_key in scoped_products
