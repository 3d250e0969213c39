-- Nobody: stands where no segment is chosen. With one, its rule compiled to SQL takes this place.
select customer_key
from dim_customer
where false
