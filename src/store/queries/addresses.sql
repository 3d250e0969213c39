-- A customer's addresses, the default first.
select
    addresses.address_id, addresses.recipient, addresses.street, addresses.city, addresses.region,
    addresses.postal_code, addresses.country, addresses.is_default
from store.addresses
where addresses.customer_id = {customer_id:bigint}
order by addresses.is_default desc, addresses.address_id
