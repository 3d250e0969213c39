-- The registered customer of an address and the hash of their password; no row when no one is registered there.
select customers.customer_id, customers.password_hash
from store.customers
where customers.email = lower(trim({email:text})) and customers.password_hash is not null
