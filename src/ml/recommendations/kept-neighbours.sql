-- One row per source and asked product (natural id, '' for what sells beside no product in particular) with neighbours by one run of
-- the model: their natural ids, names and weights, aligned; and the asked product's own name.
with

products as (

    select product_key, product_id, product_name
    from dim_product

),

asked as (

    select product_key as asked_key, product_id as asked_id, product_name as asked_name
    from products
    where product_id in {product_ids:Array(String)} and product_id != ''
    union all
    select toUInt64(0) as asked_key, '' as asked_id, '' as asked_name
    where has({product_ids:Array(String)}, '')

)

select
    asked.asked_id as product_id,
    any(asked.asked_name) as product_name,
    edges.source as source,
    groupArray(products.product_id) as neighbour_ids,
    groupArray(products.product_name) as neighbour_names,
    groupArray(edges.weight) as weights
from prd_product_neighbours as edges
inner join asked on edges.product_key = asked.asked_key
inner join products on edges.neighbour_key = products.product_key
where edges.run_key = {run_key:UInt64} and edges.product_key in (select asked_key from asked)
group by asked.asked_id, edges.source
