-- Grain: one row per channel. The analysis revenue-by-channel over all days of the data; generated from it by `npm run generate`, not
-- to be edited.
create or replace view vw_revenue_by_channel as
with

scoped_lines as (
    select
        order_key,
        line_at,
        line_on,
        ordered_on,
        customer_key,
        product_key,
        channel,
        country,
        quantity,
        unit_price_minor,
        discount_minor,
        revenue_minor,
        unit_cost_minor,
        margin_minor,
        is_return,
        is_adjustment
    from fct_order_lines
    where
        line_on >= assumeNotNull((select min(day_on) from agg_daily))
        and line_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and (not is_cancelled or false)
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), channel))
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), country))

),

scoped_orders as (
    select
        order_key,
        order_id,
        status,
        channel,
        customer_key,
        country,
        placed_at,
        ordered_on,
        line_count,
        unit_count,
        gross_minor,
        refunded_minor,
        net_minor,
        discount_minor,
        tax_minor,
        shipping_minor
    from fct_orders
    where
        ordered_on >= assumeNotNull((select min(day_on) from agg_daily))
        and ordered_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and has_positive_line
        and (not is_cancelled or false)
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), channel))
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), country))

),

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
