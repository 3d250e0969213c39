-- One row: a customer's profile with points (the sum of their ledger) and loyalty score, 0 to 100.
select
    customers.customer_id,
    customers.email,
    customers.name,
    customers.country,
    customers.gender,
    customers.born_on,
    customers.verified_at is not null as is_verified,
    customers.accepts_mail,
    customers.registered_at,
    customers.loyalty_score,
    coalesce((select sum(loyalty_entries.points) from store.loyalty_entries where loyalty_entries.customer_id = customers.customer_id), 0)::bigint as point_count
from store.customers
where customers.customer_id = {customer_id:bigint}
