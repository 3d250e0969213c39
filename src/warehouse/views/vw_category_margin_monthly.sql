-- Grain: one row per month and category. The analysis category-margin-monthly over all days of the data; generated from it by `npm run generate`, not
-- to be edited.
create or replace view vw_category_margin_monthly as
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

costed_lines as (

    select
        toStartOfMonth(lines.line_on) as sold_month,
        if(
            cast('0', 'UInt32') = 0,
            products.category,
            arrayStringConcat(arraySlice(splitByChar('.', products.category), 1, cast('0', 'UInt32')), '.')
        ) as product_category,
        lines.revenue_minor as revenue_minor,
        lines.unit_cost_minor is not null as has_cost,
        ifNull(lines.unit_cost_minor, 0) * lines.quantity as line_cost_minor
    from scoped_lines as lines
    left any join dim_product as products on lines.product_key = products.product_key

)

select
    sold_month as month,
    if(product_category = '', '(unknown)', product_category) as category,
    sum(revenue_minor) as net_revenue_minor,
    if(countIf(has_cost) = 0, null, sumIf(line_cost_minor, has_cost)) as cost_minor,
    costed_revenue_minor - cost_minor as margin_minor,
    margin_minor / nullIf(costed_revenue_minor, 0) as margin_rate,
    sumIf(revenue_minor, has_cost) as costed_revenue_minor,
    costed_revenue_minor / nullIf(net_revenue_minor, 0) as costed_revenue_rate
from costed_lines
group by month, category
order by month, category
