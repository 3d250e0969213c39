-- Customers of the chosen countries.
select customer_key
from dim_customer
where has({country:Array(String)}, country)
