-- Customers of the chosen countries and segments, without staff if asked.
select customer_key
from dim_customer
where
    (empty({country:Array(String)}) or has({country:Array(String)}, country))
    and (empty({segment:Array(String)}) or customer_key in segment_customers)
    and ({traffic:String} = 'everyone' or customer_key not in (select customer_key from dim_staff))
