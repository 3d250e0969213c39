-- Lines of an order at the prices of that moment; requested_quantity is what waits for the desk's word on its return.
select
    order_items.order_item_id, order_items.article_id, articles.sku, articles.name, articles.product_type,
    articles.colour, articles.pattern, articles.image_url, order_items.quantity,
    order_items.unit_price_minor, order_items.discount_minor, order_items.returned_quantity,
    (
        select coalesce(sum(return_items.quantity), 0)::integer
        from store.return_items join store.returns using (return_id)
        where return_items.order_item_id = order_items.order_item_id and returns.status = 'requested'
    ) as requested_quantity
from store.order_items
join store.articles using (article_id)
where order_items.order_id = {order_id:bigint}
order by order_items.order_item_id
