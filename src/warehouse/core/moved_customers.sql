-- Grain: one customer id whose person changes; a step of the build.
create table if not exists moved_customers (
    customer_key UInt64,
    old_person_key UInt64,
    new_person_key UInt64
)
engine = MergeTree
order by customer_key
