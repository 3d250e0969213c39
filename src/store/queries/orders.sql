-- A customer's orders, newest first, with what was in them.
select
    orders.order_id, orders.status, orders.total_minor, orders.placed_at, orders.tracking_code,
    (select sum(order_items.quantity) from store.order_items where order_items.order_id = orders.order_id) as unit_count,
    (
        select jsonb_agg(jsonb_build_object(
            'article_id', articles.article_id, 'name', articles.name, 'product_type', articles.product_type,
            'colour', articles.colour, 'pattern', articles.pattern, 'image_url', articles.image_url
        ) order by order_items.order_item_id)
        from store.order_items
        join store.articles using (article_id)
        where order_items.order_id = orders.order_id
    ) as articles
from store.orders
where orders.customer_id = {customer_id:bigint} and ({after_id:bigint} is null or orders.order_id < {after_id:bigint})
order by orders.order_id desc
limit {most:integer}
