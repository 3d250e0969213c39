-- One row: what the desk looks at first. A day begins at midnight UTC; orders that were cancelled do not count; revenue is goods
-- after discount of paid orders.
with

today as (

    select
        count(*) as order_count,
        coalesce(sum(orders.subtotal_minor - orders.discount_minor), 0)::bigint as revenue_minor
    from store.orders
    where orders.placed_at >= date_trunc('day', now(), 'UTC') and orders.paid_at is not null and orders.status <> 'cancelled'

)

select
    today.order_count,
    today.revenue_minor,
    (select count(*) from store.orders where orders.status = 'paid') as to_ship_count,
    (select count(*) from store.orders where orders.status = 'created') as unpaid_count,
    (select count(*) from store.returns where returns.status = 'requested') as return_count,
    (select count(*) from store.reviews where reviews.status = 'pending') as review_count,
    (
        select count(*) from store.articles
        where
            articles.is_active and articles.stock_quantity <= articles.reorder_point
            and not exists (select from store.bundle_items where bundle_items.bundle_id = articles.article_id)
    ) as low_stock_count,
    (
        select count(*) from store.carts
        where carts.status = 'open' and carts.abandoned_at is not null
            and exists (select from store.cart_items where cart_items.cart_id = carts.cart_id)
    ) as abandoned_cart_count,
    (select count(*) from store.outbox) as waiting_count
from today
