-- One row per source and asked product (natural id, '' for what sells beside no product in particular) with neighbours by one run of
-- the model, at most one per source and product: their natural ids and weights, aligned.
with

products as (

    select product_key, product_id
    from dim_product

),

asked as (

    select product_key as asked_key, product_id as asked_id
    from products
    where product_id in {product_ids:Array(String)} and product_id != ''
    union all
    select toUInt64(0) as asked_key, '' as asked_id
    where has({product_ids:Array(String)}, '')

)

select
    asked.asked_id as product_id,
    edges.source as source,
    groupArray(products.product_id) as neighbour_ids,
    groupArray(edges.weight) as weights
from prd_product_neighbours as edges
inner join asked on edges.product_key = asked.asked_key
inner join products on edges.neighbour_key = products.product_key
where edges.run_key = {run_key:UInt64} and edges.product_key in (select asked_key from asked)
group by asked.asked_id, edges.source
