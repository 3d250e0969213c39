-- A customer's wishlist, newest first.
select
    articles.article_id, articles.sku, articles.name, articles.brand, articles.product_type, articles.colour, articles.pattern,
    articles.image_url, articles.price_minor,
    articles.is_active and available.quantity > 0 as is_available, wishlist_items.added_at
from store.wishlist_items
join store.articles using (article_id)
left join store.available_quantities(array(
    select own.article_id from store.wishlist_items as own where own.customer_id = {customer_id:bigint}
)) as available on available.article_id = articles.article_id
where wishlist_items.customer_id = {customer_id:bigint}
order by wishlist_items.added_at desc, articles.article_id
