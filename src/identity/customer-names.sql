-- Grain: one of {keys:Array(UInt64)} whose natural id is known: the number itself, or what was landed beside the hashed key.
select
    toString(key) as named_key,
    min(natural_id) as name
from (
    select arrayJoin({keys:Array(UInt64)}) as key, toString(key) as natural_id
    where key < 9223372036854775808
    union all
    select customer_key as key, customer_id as natural_id
    from stg_customer_ids
    where customer_key in {keys:Array(UInt64)}
    union all
    select customer_key as key, customer_id as natural_id
    from stg_customers
    where customer_key in {keys:Array(UInt64)} and customer_id != ''
    union all
    select customer_key as key, customer_id as natural_id
    from stg_orders
    where customer_key in {keys:Array(UInt64)} and customer_id != ''
    union all
    select natural_key(attributes['anonymous_id']) as key, attributes['anonymous_id'] as natural_id
    from stg_customers
    where key in {keys:Array(UInt64)}
)
group by key
