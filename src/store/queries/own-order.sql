-- An order of a customer, or of the guest who holds the token of the cart it came from; no row for anyone else's.
select
    orders.order_id, orders.customer_id, orders.status, orders.subtotal_minor, orders.discount_minor, orders.shipping_minor, orders.tax_minor,
    orders.total_minor, orders.coupon_code, orders.recipient, orders.street, orders.city, orders.region, orders.postal_code,
    orders.country, orders.tracking_code, orders.placed_at, orders.paid_at, orders.shipped_at, orders.delivered_at, orders.cancelled_at
from store.orders
left join store.carts on carts.cart_id = orders.cart_id
where
    orders.order_id = {order_id:bigint}
    and (orders.customer_id = {customer_id:bigint} or carts.token_hash = {token_hash:bytea})
