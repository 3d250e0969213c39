-- One row per customer of the segment, by customer id in the order of its bytes.
select people.customer_id as customer_id
from dim_customer as people
where people.customer_key in segment_customers
order by customer_id
