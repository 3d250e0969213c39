-- Carts of a mailing, with whom they belong to, their group, and the order they became (null when none, whenever it was placed).
select
    mailing_carts.cart_id, carts.customer_id, customers.email, mailing_carts.is_control, mailing_carts.subtotal_minor, mails.sent_at,
    orders.order_id, orders.placed_at
from store.mailing_carts
join store.carts using (cart_id)
join store.customers on customers.customer_id = carts.customer_id
left join store.mails using (mail_id)
left join store.orders on orders.cart_id = mailing_carts.cart_id and orders.paid_at is not null and orders.status <> 'cancelled'
where mailing_carts.mailing_id = {mailing_id:bigint}
order by mailing_carts.cart_id
limit {most:integer}
