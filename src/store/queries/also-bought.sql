-- Articles for sale that stand in the same orders as an article, the most frequent first; at most the newest 500 orders count.
-- What has sold out is left out.
with

recent as (

    select order_items.order_id
    from store.order_items
    where order_items.article_id = {article_id:bigint}
    order by order_items.order_id desc
    limit 500

),

beside as (

    select order_items.article_id, count(*) as order_count
    from recent
    join store.order_items using (order_id)
    where order_items.article_id <> {article_id:bigint}
    group by order_items.article_id
    order by order_count desc, order_items.article_id
    limit 100

)

select
    articles.article_id, articles.sku, articles.name, articles.brand, articles.product_type, articles.colour, articles.pattern,
    categories.slug as category, articles.price_minor, articles.image_url, true as is_available, beside.order_count
from beside
join store.articles using (article_id)
join store.categories on categories.category_id = articles.category_id
join store.available_quantities(array(select beside.article_id from beside)) as available on available.article_id = articles.article_id
where articles.is_active and available.quantity > 0
order by beside.order_count desc, articles.article_id
limit {most:integer}
