-- One row per month and category of the lines in [{period_start:Date}, {period_end:Date}), shop time zone. Refunds and their
-- cost count on the day of the return. Cost and margin are of the lines whose cost is known, null where none is. The category
-- is cut to its first {depth:UInt32} levels, 0 for the whole path; lines and products without one are '(unknown)'.
with

costed_lines as (

    select
        toStartOfMonth(lines.line_on) as sold_month,
        if(
            {depth:UInt32} = 0,
            products.category,
            arrayStringConcat(arraySlice(splitByChar('.', products.category), 1, {depth:UInt32}), '.')
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
