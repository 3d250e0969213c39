-- Grain: one customer id whose person is decided anew; a step of the build.
create table if not exists touched_identities (customer_key UInt64)
engine = MergeTree
order by customer_key
