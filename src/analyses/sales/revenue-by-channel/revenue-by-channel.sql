-- One row per channel of orders in [{period_start:Date}, {period_end:Date}), shop time zone. Refunds count on the day of the
-- return, for the order's channel. Orders and lines without a channel are '(unknown)'.
with

order_counts as (

    select
        orders.channel as order_channel,
        count() as order_count
    from scoped_orders as orders
    group by order_channel

),

revenues as (

    select
        lines.channel as line_channel,
        sum(lines.revenue_minor) as net_revenue_minor
    from scoped_lines as lines
    group by line_channel

)

select
    if(revenues.line_channel = '', '(unknown)', revenues.line_channel) as channel,
    order_counts.order_count as order_count,
    revenues.net_revenue_minor as net_revenue_minor,
    if(sum(net_revenue_minor) over () = 0, null, net_revenue_minor / sum(net_revenue_minor) over ()) as revenue_share_rate
from revenues
left any join order_counts on revenues.line_channel = order_counts.order_channel
order by net_revenue_minor desc, channel
