-- Grain: one key of a person of whom {keys:Array(UInt64)} has a key.
with

people as (

    select person_key
    from dim_identity
    where customer_key in {keys:Array(UInt64)} or person_key in {keys:Array(UInt64)}

)

select toString(customer_key) as customer_key
from (
    select person_key as customer_key from people
    union distinct
    select customer_key from dim_identity where person_key in people
)
order by customer_key
