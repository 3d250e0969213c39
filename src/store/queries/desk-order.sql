-- One order with its customer; no row when there is none.
select
    orders.order_id, orders.status, customers.customer_id, customers.email, orders.subtotal_minor, orders.discount_minor, orders.shipping_minor,
    orders.tax_minor, orders.total_minor, orders.coupon_code, orders.channel, orders.recipient, orders.street, orders.city, orders.region,
    orders.postal_code, orders.country, orders.tracking_code, orders.placed_at, orders.paid_at, orders.shipped_at, orders.delivered_at, orders.cancelled_at
from store.orders
join store.customers using (customer_id)
where orders.order_id = {order_id:bigint}
