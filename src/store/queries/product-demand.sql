-- Articles that have been sold, the most units of the last 28 days first, as of the last refresh.
select
    mv_product_demand.article_id, articles.sku, articles.name, mv_product_demand.unit_count, mv_product_demand.order_count,
    mv_product_demand.net_revenue_minor, mv_product_demand.recent_unit_count, articles.stock_quantity
from store.mv_product_demand
join store.articles using (article_id)
order by mv_product_demand.recent_unit_count desc, mv_product_demand.article_id
limit {most:integer}
