-- Months (UTC) with orders that count, newest first, as of the last refresh; refunds stand in the month of their order.
select
    mv_monthly_sales.month_on, mv_monthly_sales.order_count, mv_monthly_sales.customer_count, mv_monthly_sales.unit_count,
    mv_monthly_sales.gross_revenue_minor, mv_monthly_sales.refunds_minor, mv_monthly_sales.net_revenue_minor
from store.mv_monthly_sales
order by mv_monthly_sales.month_on desc
limit {most:integer}
