-- Grain: one session that a build made, changed or took away, as it was (is_gone) or as it is; order_key is that of the order it stands
-- for, 0 without a purchase. A step of the build.
create table if not exists changed_sessions (
    slice_on Date,
    first_on Date,
    last_on Date,
    customer_key UInt64,
    order_key UInt64,
    is_gone Bool
)
engine = MergeTree
order by (first_on, customer_key)
