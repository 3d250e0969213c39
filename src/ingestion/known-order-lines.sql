-- How many of some order lines count already: one row. {orders} and {ids} name them, order by order and line by line.
-- Those of the batch {replaced_key:UInt32} do not count, its place is taken.
with

asked as (

    select
        natural_key(pair.1) as order_key,
        pair.2 as line_id
    from (select arrayJoin(arrayZip({orders:Array(String)}, {ids:Array(String)})) as pair)

)

select uniqExact(order_key, line_id) as known_count
from stg_order_lines
where
    (order_key, line_id) in (select order_key, line_id from asked)
    and batch_key in live_batches
    and batch_key != {replaced_key:UInt32}
