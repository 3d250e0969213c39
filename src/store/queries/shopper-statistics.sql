-- One row: what a customer has bought, orders that were paid and not cancelled, after returns; means and days are null without any.
with

bought as (

    select
        orders.order_id,
        orders.placed_at,
        sum(order_items.quantity - order_items.returned_quantity) as unit_count,
        sum(
            order_items.quantity * order_items.unit_price_minor - order_items.discount_minor
            - coalesce(back.refund_minor, 0)
        )::bigint as net_minor
    from store.orders
    join store.order_items using (order_id)
    left join lateral (
        select sum(return_items.refund_minor) as refund_minor
        from store.return_items
        join store.returns using (return_id)
        where return_items.order_item_id = order_items.order_item_id and returns.status = 'accepted'
    ) as back on true
    where orders.customer_id = {customer_id:bigint} and orders.paid_at is not null and orders.status <> 'cancelled'
    group by orders.order_id

)

select
    count(*) as order_count,
    coalesce(sum(bought.unit_count), 0)::bigint as unit_count,
    coalesce(sum(bought.net_minor), 0)::bigint as spent_minor,
    round(avg(bought.net_minor))::bigint as average_order_minor,
    min(bought.placed_at) as first_order_at,
    max(bought.placed_at) as last_order_at,
    (
        select articles.product_type
        from store.orders
        join store.order_items using (order_id)
        join store.articles using (article_id)
        where orders.customer_id = {customer_id:bigint} and orders.paid_at is not null and orders.status <> 'cancelled' and articles.product_type <> ''
        group by articles.product_type
        order by sum(order_items.quantity - order_items.returned_quantity) desc, articles.product_type
        limit 1
    ) as favourite_type,
    (select count(*) from store.reviews where reviews.customer_id = {customer_id:bigint}) as review_count
from bought
