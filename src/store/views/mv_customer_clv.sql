-- Grain: one customer with an order that counts: what they have been worth (historical lifetime value). Lifespan in years of
-- 365.25 days from the first to the last order's day (UTC); purchases a year are null for a lifespan of 0.
create materialized view if not exists store.mv_customer_clv as
select
    customer_id,
    count(distinct order_id) as order_count,
    sum(net_minor)::bigint as net_revenue_minor,
    (max((placed_at at time zone 'UTC')::date) - min((placed_at at time zone 'UTC')::date)) / 365.25 as lifespan_years,
    sum(net_minor)::numeric / count(distinct order_id) as average_purchase_value_minor,
    count(distinct order_id) / nullif((max((placed_at at time zone 'UTC')::date) - min((placed_at at time zone 'UTC')::date)) / 365.25, 0) as purchases_per_year
from store.v_sales_lines
group by customer_id;
create unique index if not exists mv_customer_clv_customer on store.mv_customer_clv (customer_id);
