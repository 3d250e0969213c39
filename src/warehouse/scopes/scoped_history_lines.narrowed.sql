-- Lines of the period and the days before it, only those of the chosen brands and categories.
select *
from history_lines_in_period
where product_key in scoped_products
