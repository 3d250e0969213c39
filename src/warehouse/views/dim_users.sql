-- Grain: one person, as in dim_customer.
create or replace view dim_users as
select
    customer_key as user_key,
    customer_id as user_id,
    name,
    email,
    city,
    postal_code,
    country,
    gender,
    age,
    registered_on,
    is_active,
    loyalty_score
from dim_customer
