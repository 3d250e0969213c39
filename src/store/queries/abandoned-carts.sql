-- Open carts that have been marked as abandoned, the latest first, with what is in them at today's prices; guests have no
-- address; mailing_id is null for a cart that was in no mailing.
select
    carts.cart_id, carts.customer_id, customers.email, carts.abandoned_at, carts.last_active_at, mailing_carts.mailing_id,
    sum(cart_items.quantity) as unit_count, sum(cart_items.quantity * articles.price_minor)::bigint as subtotal_minor
from store.carts
join store.cart_items using (cart_id)
join store.articles using (article_id)
left join store.mailing_carts on mailing_carts.cart_id = carts.cart_id
left join store.customers on customers.customer_id = carts.customer_id
where carts.status = 'open' and carts.abandoned_at is not null
group by carts.cart_id, customers.email, mailing_carts.mailing_id
order by carts.abandoned_at desc, carts.cart_id desc
limit {most:integer}
