-- A customer's carts with something in them, the newest first, at today's prices; an ordered cart names its order.
select
    carts.cart_id, carts.status, carts.last_active_at, carts.abandoned_at, orders.order_id, mailing_carts.mailing_id,
    sum(cart_items.quantity) as unit_count, sum(cart_items.quantity * articles.price_minor)::bigint as subtotal_minor
from store.carts
join store.cart_items using (cart_id)
join store.articles using (article_id)
left join store.orders using (cart_id)
left join store.mailing_carts using (cart_id)
where carts.customer_id = {customer_id:bigint}
group by carts.cart_id, orders.order_id, mailing_carts.mailing_id
order by carts.cart_id desc
limit {most:integer}
