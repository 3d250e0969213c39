-- One row: whether the customer is in the segment.
select count() > 0 as is_member
from segment_customers
where customer_key = natural_key({customer_id:String}) and customer_key != 0
