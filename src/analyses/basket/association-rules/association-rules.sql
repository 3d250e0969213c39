-- One row per distinct set of products bought in one order, and how many orders have it: orders of [{period_start:Date},
-- {period_end:Date}), shop time zone, with a positive line. Products in fewer than {min_count:UInt32} orders, which no rule can
-- hold, are left out of the sets, and so are lines without a product: what is left of an order may be the empty set.
with

sold as (

    select distinct
        order_key,
        product_key
    from scoped_lines
    where quantity > 0 and unit_price_minor > 0

),

frequent_products as (

    select
        sold.product_key as frequent_key,
        any(products.product_id) as frequent_id,
        any(products.product_name) as frequent_name
    from sold
    inner join dim_product as products on sold.product_key = products.product_key
    where sold.product_key != 0
    group by frequent_key
    having count() >= {min_count:UInt32}

),

baskets as (

    select arraySort(groupArrayIf((frequent_products.frequent_id, frequent_products.frequent_name), frequent_products.frequent_key != 0)) as products
    from sold
    left any join frequent_products on sold.product_key = frequent_products.frequent_key
    group by sold.order_key

)

select
    arrayMap(product -> product.1, products) as product_ids,
    arrayMap(product -> product.2, products) as product_names,
    count() as basket_count
from baskets
group by products
order by product_ids
