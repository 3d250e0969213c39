-- The catalogue, lowest price first. Grain: one article for sale that passes the filters (null: any), from
-- after the cursor on. cursor_key and article_id of the last row are the next page's cursor.
with

page as (

    select articles.article_id, articles.price_minor::text as cursor_key
    from store.articles
    where
        articles.is_active
        and ({text:text} is null or articles.article_id in (select found.article_id from store.search_articles({text:text}) as found))
        and ({category:text} is null or articles.category_id in (select branch.category_id from store.category_branch({category:text}) as branch))
        and ({brands:text[]} is null or articles.brand = any ({brands:text[]}))
        and ({product_types:text[]} is null or articles.product_type = any ({product_types:text[]}))
        and ({colours:text[]} is null or articles.colour = any ({colours:text[]}))
        and ({least_price_minor:bigint} is null or articles.price_minor >= {least_price_minor:bigint})
        and ({most_price_minor:bigint} is null or articles.price_minor <= {most_price_minor:bigint})
        and ({after_key:text} is null or (articles.price_minor, articles.article_id) > ({after_key:text}::bigint, {after_id:bigint}))
    order by articles.price_minor asc, articles.article_id asc
    limit {most:integer}

)

select
    articles.article_id, articles.sku, articles.name, articles.brand, articles.product_type, articles.colour, articles.pattern,
    categories.slug as category, articles.price_minor, articles.image_url,
    available.quantity > 0 as is_available, page.cursor_key
from page
join store.articles using (article_id)
join store.categories on categories.category_id = articles.category_id
left join store.available_quantities(array(select page.article_id from page)) as available on available.article_id = articles.article_id
order by articles.price_minor asc, articles.article_id asc
