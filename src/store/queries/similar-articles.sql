-- What is like an article: of its type or category, the same colour and pattern first, then the nearest price. What has sold
-- out is left out.
with

shown as (

    select articles.category_id, articles.product_type, articles.colour, articles.pattern, articles.price_minor
    from store.articles
    where articles.article_id = {article_id:bigint}

),

near as (

    select
        articles.article_id,
        row_number() over (
            order by
                (articles.category_id = shown.category_id) desc,
                (articles.colour = shown.colour)::integer + (articles.pattern = shown.pattern)::integer desc,
                abs(articles.price_minor - shown.price_minor),
                articles.article_id
        ) as place
    from shown
    join store.articles on articles.category_id = shown.category_id or articles.product_type = shown.product_type
    where articles.is_active and articles.article_id <> {article_id:bigint}
    order by place
    limit 100

)

select
    articles.article_id, articles.sku, articles.name, articles.brand, articles.product_type, articles.colour, articles.pattern,
    categories.slug as category, articles.price_minor, articles.image_url, true as is_available
from near
join store.articles using (article_id)
join store.categories on categories.category_id = articles.category_id
join store.available_quantities(array(select near.article_id from near)) as available on available.article_id = articles.article_id
where available.quantity > 0
order by near.place
limit {most:integer}
