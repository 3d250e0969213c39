-- The customer signed in by a token (its SHA-256), no row when there is none or it has ended.
select customers.customer_id, customers.email, customers.name, customers.verified_at is not null as is_verified
from store.sign_ins
join store.customers using (customer_id)
where sign_ins.token_hash = {token_hash:bytea} and sign_ins.expires_at > now()
