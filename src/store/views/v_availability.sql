-- Grain: one active article: units sold a day over the last 28 days and for how many days the stock lasts at that pace (null
-- when nothing sold).
create or replace view store.v_availability as
select
    articles.article_id,
    articles.stock_quantity,
    coalesce(sold.unit_count, 0) / 28.0 as units_per_day,
    case when sold.unit_count > 0 then articles.stock_quantity / (sold.unit_count / 28.0) end as days_of_cover
from store.articles
left join (
    select article_id, -sum(quantity) as unit_count
    from store.stock_movements
    where kind in ('sale', 'cancellation') and moved_at >= clock_timestamp() - interval '28 days'
    group by article_id
) as sold using (article_id)
where articles.is_active;
