-- Grain: one customer of the countries named.
select customer_key
from dim_customer
where has({country:Array(String)}, country)
