-- Grain: one category, its own articles only: orders, units, revenue.
create or replace view store.v_category_sales_summary as
select
    categories.category_id,
    categories.parent_id,
    categories.name,
    count(distinct lines.order_id) as order_count,
    coalesce(sum(lines.quantity - lines.returned_quantity), 0) as unit_count,
    coalesce(sum(lines.net_minor), 0)::bigint as net_revenue_minor
from store.categories
left join store.articles using (category_id)
left join store.v_sales_lines as lines using (article_id)
group by categories.category_id;
