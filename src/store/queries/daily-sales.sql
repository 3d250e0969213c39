-- Days (UTC) with orders that count, newest first, as of the last refresh.
select
    mv_daily_sales.day_on, mv_daily_sales.order_count, mv_daily_sales.customer_count, mv_daily_sales.unit_count,
    mv_daily_sales.gross_revenue_minor, mv_daily_sales.refunds_minor, mv_daily_sales.net_revenue_minor
from store.mv_daily_sales
order by mv_daily_sales.day_on desc
limit {most:integer}
