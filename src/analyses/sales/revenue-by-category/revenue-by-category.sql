-- One row per category path of the lines in [{period_start:Date}, {period_end:Date}), shop time zone. Refunds count on the
-- day of the return. Lines without a product, and products without a category, are '(unknown)'.
with

category_revenues as (

    select
        products.category as product_category,
        uniqExactIf(lines.order_key, lines.revenue_minor > 0) as order_count,
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
