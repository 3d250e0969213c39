-- Events of the period, only those of the chosen brands, categories, countries and segments.
select *
from events_in_period
where
    ((empty({brand:Array(String)}) and empty({category:Array(String)})) or product_key in scoped_products)
    and ((empty({country:Array(String)}) and empty({segment:Array(String)})) or customer_key in scoped_customers)
