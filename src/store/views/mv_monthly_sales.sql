-- Grain: one month (UTC) with orders that count; refunds stand in the month of their order.
create materialized view if not exists store.mv_monthly_sales as
select
    date_trunc('month', placed_at at time zone 'UTC')::date as month_on,
    count(distinct order_id) as order_count,
    count(distinct customer_id) as customer_count,
    sum(quantity)::bigint as unit_count,
    sum(gross_minor)::bigint as gross_revenue_minor,
    sum(refund_minor)::bigint as refunds_minor,
    sum(net_minor)::bigint as net_revenue_minor
from store.v_sales_lines
group by 1;
create unique index if not exists mv_monthly_sales_month on store.mv_monthly_sales (month_on);
