-- Grain: one record of a customer that has one of {keys:Array(UInt64)}, or one of {emails:Array(String)} (lower case).
select distinct
    toString(customer_key) as customer_key,
    toString(alias_key) as alias_key,
    customer_id,
    lower(trimBoth(email)) as email,
    trimBoth(name) as name
from stg_customers
where
    customer_key in {keys:Array(UInt64)}
    or alias_key in {keys:Array(UInt64)}
    or lower(trimBoth(email)) in {emails:Array(String)}
order by customer_key, alias_key, customer_id, email, name
