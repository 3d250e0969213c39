-- Grain: one row per category path. The analysis revenue-by-category over all days of the data; generated from it by `npm run generate`, not
-- to be edited.
create or replace view vw_revenue_by_category as
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

category_revenues as (

    select
        products.category as product_category,
        uniqExactIf(lines.order_key, lines.quantity > 0 and lines.unit_price_minor > 0) as order_count,
        sum(lines.revenue_minor) as net_revenue_minor
    from scoped_lines as lines
    left any join dim_product as products on lines.product_key = products.product_key
    group by product_category

)

select
    if(product_category = '', '(unknown)', product_category) as category,
    order_count,
    net_revenue_minor,
    if(sum(net_revenue_minor) over () = 0, null, net_revenue_minor / sum(net_revenue_minor) over ()) as revenue_share_rate
from category_revenues
order by net_revenue_minor desc, category
