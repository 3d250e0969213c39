-- Grain: one order that a build of some days may change; a step of the build.
create table if not exists touched_orders (order_key UInt64)
engine = MergeTree
order by order_key
