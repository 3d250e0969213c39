-- What can be chosen among the articles that pass the filters (null: any): one row for each value of category, brand,
-- product type and colour with its articles, the most frequent first; prices are the least and the greatest of those articles.
with

matching as (

    select articles.category_id, articles.brand, articles.product_type, articles.colour, articles.price_minor
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

),

counted as (

    select
        case
            when grouping(matching.category_id) = 0 then 'category'
            when grouping(matching.brand) = 0 then 'brand'
            when grouping(matching.product_type) = 0 then 'product_type'
            when grouping(matching.colour) = 0 then 'colour'
            else 'all'
        end as facet,
        matching.category_id,
        coalesce(matching.brand, matching.product_type, matching.colour) as value,
        count(*) as article_count,
        min(matching.price_minor) as least_price_minor,
        max(matching.price_minor) as greatest_price_minor
    from matching
    group by grouping sets ((matching.category_id), (matching.brand), (matching.product_type), (matching.colour), ())

)

select
    counted.facet,
    coalesce(categories.slug, counted.value, '') as value,
    coalesce(categories.name, counted.value, '') as label,
    counted.article_count,
    counted.least_price_minor,
    counted.greatest_price_minor
from counted
left join store.categories on categories.category_id = counted.category_id
where counted.facet in ('category', 'all') or counted.value <> ''
order by counted.facet, counted.article_count desc, value
