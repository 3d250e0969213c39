-- Grain: one session that a build made, changed or took away, as it was or as it is; a step of the build.
create table if not exists changed_sessions (
    slice_on Date,
    first_on Date,
    last_on Date,
    customer_key UInt64,
    order_key UInt64
)
engine = MergeTree
order by (first_on, customer_key)
