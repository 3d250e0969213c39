-- One row per country of orders in [{period_start:Date}, {period_end:Date}), shop time zone. Refunds count on the day of the
-- return, for the order's country. Orders and lines without a country are '(unknown)'.
with

order_counts as (

    select
        orders.country as order_country,
        count() as order_count
    from scoped_orders as orders
    group by order_country

),

revenues as (

    select
        lines.country as line_country,
        sum(lines.revenue_minor) as net_revenue_minor
    from scoped_lines as lines
    group by line_country

)

select
    if(revenues.line_country = '', '(unknown)', revenues.line_country) as country,
    order_counts.order_count as order_count,
    revenues.net_revenue_minor as net_revenue_minor,
    if(sum(net_revenue_minor) over () = 0, null, net_revenue_minor / sum(net_revenue_minor) over ()) as revenue_share_rate
from revenues
left any join order_counts on revenues.line_country = order_counts.order_country
order by net_revenue_minor desc, country
