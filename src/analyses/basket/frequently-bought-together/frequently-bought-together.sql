-- One row per product bought in one order with {product_id:String}, or with the product in most orders when that is empty:
-- orders of [{period_start:Date}, {period_end:Date}), shop time zone, with a positive line of each. Products in at least
-- {min_count:UInt32} such orders and more often than by chance (lift above 1), the {limit:UInt32} of highest confidence, ties by
-- lift, then by product id. Lines that name no product are left out. Unknown names are null.
with

sold as (

    select distinct
        order_key,
        product_key
    from scoped_lines
    where quantity > 0 and unit_price_minor > 0

),

product_orders as (

    select
        sold.product_key as sold_key,
        count() as order_count
    from sold
    where sold.product_key != 0
    group by sold_key

),

base_product as (

    select
        product_orders.sold_key as base_key,
        product_orders.order_count as base_order_count,
        products.product_id as base_id
    from product_orders
    inner join dim_product as products on product_orders.sold_key = products.product_key
    where {product_id:String} = '' or products.product_id = {product_id:String}
    order by base_order_count desc, base_id
    limit 1

),

companions as (

    select
        sold.product_key as companion_key,
        count() as pair_count
    from sold
    where
        sold.order_key in (select order_key from sold where product_key in (select base_key from base_product))
        and sold.product_key != 0
        and sold.product_key not in (select base_key from base_product)
    group by companion_key
    having pair_count >= {min_count:UInt32}

)

select
    row_number() over (order by confidence_rate desc, lift desc, product_id) as rank,
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    companions.pair_count / base_product.base_order_count as confidence_rate,
    confidence_rate * (select uniqExact(order_key) from sold) / product_orders.order_count as lift,
    companions.pair_count as pair_count,
    base_product.base_id as base_product_id
from companions
cross join base_product
inner join product_orders on companions.companion_key = product_orders.sold_key
inner join dim_product as products on companions.companion_key = products.product_key
where lift > 1
order by rank
limit {limit:UInt32}
