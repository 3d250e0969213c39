-- Grain: one customer that a build of some days may change; a step of the build.
create table if not exists touched_customers (customer_key UInt64)
engine = MergeTree
order by customer_key
