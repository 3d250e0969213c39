-- What sells: articles for sale by units of the last 28 days (as of the last refresh of the demand), then the newest. What has
-- sold out is left out; articles named in without are too.
with

wanted as (

    select articles.article_id, coalesce(mv_product_demand.recent_unit_count, 0) as recent_unit_count
    from store.articles
    left join store.mv_product_demand using (article_id)
    where articles.is_active and ({without:bigint[]} is null or articles.article_id <> all ({without:bigint[]}))
    order by recent_unit_count desc, articles.created_at desc, articles.article_id desc
    limit 200

)

select
    articles.article_id, articles.sku, articles.name, articles.brand, articles.product_type, articles.colour, articles.pattern,
    categories.slug as category, articles.price_minor, articles.image_url, true as is_available,
    wanted.recent_unit_count
from wanted
join store.articles using (article_id)
join store.categories on categories.category_id = articles.category_id
join store.available_quantities(array(select wanted.article_id from wanted)) as available on available.article_id = articles.article_id
where available.quantity > 0
order by wanted.recent_unit_count desc, articles.created_at desc, articles.article_id desc
limit {most:integer}
