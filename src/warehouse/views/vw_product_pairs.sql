-- Grain: one row per pair of products, the most frequent first. The analysis product-pairs over all days of the data, limit=4000000000; generated from it by `npm run generate`, not
-- to be edited.
create or replace view vw_product_pairs as
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
    having count() >= cast('5', 'UInt32')

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
    having pair_count >= cast('5', 'UInt32')

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
limit cast('4000000000', 'UInt32')
