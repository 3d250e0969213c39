-- Grain: one customer, as the warehouse takes them. An erased one has no e-mail address.
create or replace view store.v_out_customers as
select
    customers.customer_id::text as subject_id,
    'S-' || customers.customer_id as customer_id,
    customers.name,
    case when customers.email like '%@erased.invalid' then '' else customers.email end as email,
    addresses.street as address,
    addresses.city,
    addresses.region,
    addresses.postal_code,
    coalesce(nullif(customers.country, ''), addresses.country, '') as country,
    customers.gender,
    store.utc_text(customers.registered_at) as registered_on,
    customers.is_active,
    customers.loyalty_score
from store.customers
left join store.addresses on addresses.customer_id = customers.customer_id and addresses.is_default;
