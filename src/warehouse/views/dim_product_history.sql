-- Grain: one product over one span of unchanged price, cost and category, as product files and the store told them; a slowly
-- changing dimension of type 2. A span begins when the batch with the change was imported, and the last one is open. What a
-- record leaves empty stays as it was. Prices at each sale are in the facts: price_minor of fct_events, unit_price_minor and
-- unit_cost_minor of fct_order_lines.
create or replace view dim_product_history as
with

told as (

    select
        products.product_key as product_key,
        products.product_id as product_id,
        batches.finished_at as told_at,
        products.batch_key as batch_key,
        products.source_row as source_row,
        products.price_minor as price_minor,
        products.cost_minor as cost_minor,
        nullIf(products.category, '') as category
    from stg_products as products
    inner join ops_batches as batches final on products.batch_key = batches.batch_key
    where batches.state = 'loaded' and isNotNull(batches.finished_at)

),

known as (

    select
        product_key,
        product_id,
        told_at,
        batch_key,
        source_row,
        last_value(price_minor) over so_far as price_minor,
        last_value(cost_minor) over so_far as cost_minor,
        last_value(category) over so_far as category
    from told
    window so_far as (partition by product_key order by batch_key, source_row rows between unbounded preceding and current row)

),

compared as (

    select
        product_key,
        product_id,
        told_at,
        batch_key,
        source_row,
        price_minor,
        cost_minor,
        category,
        tuple(price_minor, cost_minor, category) as told_state,
        lagInFrame(toNullable(batch_key)) over earlier as previous_batch_key,
        lagInFrame(tuple(price_minor, cost_minor, category)) over earlier as previous_state
    from known
    window earlier as (partition by product_key order by batch_key, source_row rows between unbounded preceding and current row)

)

select
    product_key,
    product_id,
    told_at as valid_from_at,
    leadInFrame(toNullable(told_at)) over later as valid_to_at,
    toBool(isNull(valid_to_at)) as is_current,
    price_minor,
    cost_minor,
    ifNull(category, '') as category
from compared
where isNull(previous_batch_key) or told_state is distinct from previous_state
window later as (partition by product_key order by batch_key, source_row rows between unbounded preceding and unbounded following)
