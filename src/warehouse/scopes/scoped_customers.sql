-- Customers of the chosen countries and segments.
select customer_key
from dim_customer
where
    (empty({country:Array(String)}) or has({country:Array(String)}, country))
    and (empty({segment:Array(String)}) or customer_key in segment_customers)
