-- The cart of a token (its SHA-256), whatever became of it; no row when the token has none yet.
select carts.cart_id, carts.status
from store.carts
where carts.token_hash = {token_hash:bytea}
