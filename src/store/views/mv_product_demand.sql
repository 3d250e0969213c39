-- Grain: one article that has been sold: units, orders and net revenue, in all and over the 28 days before the last order.
create materialized view if not exists store.mv_product_demand as
select
    article_id,
    sum(quantity - returned_quantity)::bigint as unit_count,
    count(distinct order_id) as order_count,
    sum(net_minor)::bigint as net_revenue_minor,
    coalesce(sum(quantity - returned_quantity) filter (where placed_at > latest.at - interval '28 days'), 0)::bigint as recent_unit_count
from store.v_sales_lines
cross join (select max(placed_at) as at from store.v_sales_lines) as latest
group by article_id;
create unique index if not exists mv_product_demand_article on store.mv_product_demand (article_id);
