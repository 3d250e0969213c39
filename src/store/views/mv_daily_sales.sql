-- Grain: one day (UTC) with orders that count: orders, units, gross revenue of the day's orders. Refunds are in v_sales_lines.
create materialized view if not exists store.mv_daily_sales as
select
    (placed_at at time zone 'UTC')::date as day_on,
    count(distinct order_id) as order_count,
    count(distinct customer_id) as customer_count,
    sum(quantity)::bigint as unit_count,
    sum(gross_minor)::bigint as gross_revenue_minor,
    sum(refund_minor)::bigint as refunds_minor,
    sum(net_minor)::bigint as net_revenue_minor
from store.v_sales_lines
group by 1;
create unique index if not exists mv_daily_sales_day on store.mv_daily_sales (day_on);
