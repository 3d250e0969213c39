-- Grain: one article: orders, units, revenue and margin of orders that count, its reviews, and what it is worth in stock.
create or replace view store.v_product_performance as
select
    articles.article_id,
    articles.sku,
    articles.name,
    articles.brand,
    articles.category_id,
    coalesce(sold.order_count, 0) as order_count,
    coalesce(sold.unit_count, 0) as unit_count,
    coalesce(sold.net_revenue_minor, 0) as net_revenue_minor,
    sold.net_revenue_minor - sold.cost_minor as margin_minor,
    voices.review_count,
    voices.mean_rating
from store.articles
left join (
    select
        article_id,
        count(distinct order_id) as order_count,
        sum(quantity - returned_quantity) as unit_count,
        sum(net_minor)::bigint as net_revenue_minor,
        sum(cost_minor * (quantity - returned_quantity) / quantity)::bigint as cost_minor
    from store.v_sales_lines
    group by article_id
) as sold using (article_id)
left join (
    select article_id, count(*) as review_count, avg(rating) as mean_rating
    from store.reviews where status = 'approved' group by article_id
) as voices using (article_id);
