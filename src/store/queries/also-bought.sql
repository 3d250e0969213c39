-- Articles for sale that stand in the same orders as an article, the most frequent first; at most the newest 500 orders count.
with

recent as (

    select order_items.order_id
    from store.order_items
    where order_items.article_id = {article_id:bigint}
    order by order_items.order_id desc
    limit 500

)

select
    articles.article_id, articles.sku, articles.name, articles.brand, articles.product_type, articles.colour,
    articles.price_minor, articles.image_url, count(*) as order_count
from recent
join store.order_items using (order_id)
join store.articles on articles.article_id = order_items.article_id
where articles.article_id <> {article_id:bigint} and articles.is_active
group by articles.article_id
order by order_count desc, articles.article_id
limit {most:integer}
