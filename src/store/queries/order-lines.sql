-- Lines of an order at the prices of that moment.
select
    order_items.order_item_id, order_items.article_id, articles.sku, articles.name, order_items.quantity,
    order_items.unit_price_minor, order_items.discount_minor, order_items.returned_quantity
from store.order_items
join store.articles using (article_id)
where order_items.order_id = {order_id:bigint}
order by order_items.order_item_id
