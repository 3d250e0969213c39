-- Lines of orders of the period, only those of the chosen brands, categories and segments.
select *
from lines_by_order_in_period
where
    ((empty({brand:Array(String)}) and empty({category:Array(String)})) or product_key in scoped_products)
    and (empty({segment:Array(String)}) or customer_key in segment_customers)
