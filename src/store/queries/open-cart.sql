-- The open cart of a customer, or of the holder of a token (its SHA-256) when no customer is given; no row when there is none.
select carts.cart_id
from store.carts
where
    carts.status = 'open'
    and (
        carts.customer_id = {customer_id:bigint}
        or ({customer_id:bigint} is null and carts.customer_id is null and carts.token_hash = {token_hash:bytea})
    )
