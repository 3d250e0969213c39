-- Articles for sale at or below their reorder point, the emptiest first; days_of_cover at the pace of the last 28 days (null when
-- nothing sold). Bundles have no stock of their own and are left out.
with

low as (

    select articles.article_id, articles.sku, articles.name, articles.stock_quantity, articles.reorder_point
    from store.articles
    where
        articles.is_active and articles.stock_quantity <= articles.reorder_point
        and not exists (select from store.bundle_items where bundle_items.bundle_id = articles.article_id)
    order by articles.stock_quantity, articles.article_id
    limit {most:integer}

)

select
    low.article_id, low.sku, low.name, low.stock_quantity, low.reorder_point, v_availability.units_per_day, v_availability.days_of_cover
from low
join store.v_availability using (article_id)
order by low.stock_quantity, low.article_id
