-- One row per value of {attribute:String} of the products on lines in [{period_start:Date}, {period_end:Date}), shop time zone,
-- the largest net revenue first. Refunds count on the day of the return. Lines without a product and products without the
-- attribute are '(unknown)'.
with

attributed_lines as (

    select
        multiIf(
            {attribute:String} = 'brand', products.brand::String,
            {attribute:String} = 'category', products.category::String,
            {attribute:String} = 'product_name', products.product_name,
            products.attributes[{attribute:String}]
        ) as attribute_value,
        lines.order_key as order_key,
        lines.product_key as product_key,
        lines.customer_key as customer_key,
        lines.quantity as quantity,
        lines.revenue_minor as revenue_minor,
        lines.quantity > 0 and lines.unit_price_minor > 0 as is_sale
    from scoped_lines as lines
    left any join dim_product as products on lines.product_key = products.product_key

)

select
    if(attribute_value = '', '(unknown)', attribute_value) as value,
    uniqExactIf(product_key, is_sale and product_key != 0) as product_count,
    uniqExactIf(customer_key, is_sale and customer_key != 0) as customer_count,
    uniqExactIf(order_key, is_sale) as order_count,
    sumIf(quantity, is_sale) as unit_count,
    sum(revenue_minor) as net_revenue_minor,
    if(sum(net_revenue_minor) over () = 0, null, net_revenue_minor / sum(net_revenue_minor) over ()) as revenue_share_rate
from attributed_lines
group by attribute_value
order by net_revenue_minor desc, value
limit {limit:UInt32}
