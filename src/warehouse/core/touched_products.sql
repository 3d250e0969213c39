-- Grain: one product that a build of some days may change; a step of the build.
create table if not exists touched_products (product_key UInt64)
engine = MergeTree
order by product_key
