-- Articles for sale by their SKUs, in the order given; what is not for sale, or has sold out, is left out.
with

wanted as (

    select articles.article_id, given.place
    from unnest({skus:text[]}) with ordinality as given (sku, place)
    join store.articles on articles.sku = given.sku and articles.is_active

)

select
    articles.article_id, articles.sku, articles.name, articles.brand, articles.product_type, articles.colour, articles.pattern,
    categories.slug as category, articles.price_minor, articles.image_url, true as is_available
from wanted
join store.articles using (article_id)
join store.categories on categories.category_id = articles.category_id
join store.available_quantities(array(select wanted.article_id from wanted)) as available on available.article_id = articles.article_id
where available.quantity > 0
order by wanted.place
limit {most:integer}
