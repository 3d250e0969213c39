-- One customer with points; no row when there is none.
select
    customers.customer_id, customers.email, customers.name, customers.country, customers.password_hash is not null as is_registered,
    customers.verified_at is not null as is_verified, customers.accepts_mail, customers.is_active, customers.loyalty_score,
    customers.registered_at, customers.last_active_at,
    coalesce((select sum(loyalty_entries.points) from store.loyalty_entries where loyalty_entries.customer_id = customers.customer_id), 0)::bigint as point_count
from store.customers
where customers.customer_id = {customer_id:bigint}
