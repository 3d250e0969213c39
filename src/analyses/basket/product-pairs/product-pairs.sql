-- One row per pair of products bought in one order, orders of [{period_start:Date}, {period_end:Date}), shop time zone, with a
-- positive line of each: pairs in at least {min_count:UInt32} orders, the {limit:UInt32} most frequent, ties by product ids.
-- Each pair stands once, the smaller id first. Lines that name no product are left out. Unknown names are null.
with

sold as (

    select distinct
        order_key,
        product_key
    from scoped_lines
    where quantity > 0 and unit_price_minor > 0

),

frequent_products as (

    select sold.product_key as frequent_key
    from sold
    where sold.product_key != 0
    group by frequent_key
    having count() >= {min_count:UInt32}

),

baskets as (

    select groupArray(sold.product_key) as product_keys
    from sold
    where sold.product_key in frequent_products
    group by sold.order_key
    having length(product_keys) > 1

),

pairs as (

    select
        one_key,
        other_key,
        count() as pair_count
    from baskets
    array join product_keys as one_key
    array join product_keys as other_key
    where one_key < other_key
    group by one_key, other_key
    having pair_count >= {min_count:UInt32}

),

named_pairs as (

    select
        pairs.pair_count as pair_count,
        least((one.product_id, one.product_name), (other.product_id, other.product_name)) as product_a,
        greatest((one.product_id, one.product_name), (other.product_id, other.product_name)) as product_b
    from pairs
    inner join dim_product as one on pairs.one_key = one.product_key
    inner join dim_product as other on pairs.other_key = other.product_key

)

select
    product_a.1 as product_a_id,
    nullIf(product_a.2, '') as product_a_name,
    product_b.1 as product_b_id,
    nullIf(product_b.2, '') as product_b_name,
    pair_count,
    pair_count / (select uniqExact(order_key) from sold) as support_rate
from named_pairs
order by pair_count desc, product_a_id, product_b_id
limit {limit:UInt32}
