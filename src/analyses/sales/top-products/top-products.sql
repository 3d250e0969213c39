-- One row per product sold or returned in [{period_start:Date}, {period_end:Date}), shop time zone: the {limit:UInt32}
-- largest by {sort:Identifier}, ties by product id. Lines that name no product are left out. Unknown attributes are null.
with

product_lines as (

    select
        lines.product_key as sold_key,
        sumIf(lines.quantity, lines.revenue_minor > 0) as unit_count,
        uniqExactIf(lines.order_key, lines.revenue_minor > 0) as order_count,
        sum(lines.revenue_minor) as net_revenue_minor
    from scoped_lines as lines
    where lines.product_key != 0
    group by sold_key

)

select
    row_number() over (order by {sort:Identifier} desc, products.product_id) as rank,
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    nullIf(products.brand, '') as brand,
    nullIf(products.category, '') as category,
    product_lines.unit_count as unit_count,
    product_lines.order_count as order_count,
    product_lines.net_revenue_minor as net_revenue_minor
from product_lines
inner join dim_product as products on product_lines.sold_key = products.product_key
order by rank
limit {limit:UInt32}
