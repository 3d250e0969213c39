-- One row with the id under which the customer {customer_id:String} is counted when that is another one; none otherwise.
select people.customer_id as person_id
from dim_customer as people
where people.customer_key in (
    select person_key from dim_identity where customer_key = natural_key({customer_id:String})
)
