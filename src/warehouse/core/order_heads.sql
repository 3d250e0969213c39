-- Grain: one order before its amounts are known; a step of the build, rebuilt with it.
create table if not exists order_heads (
    order_key UInt64,
    order_id String,
    status String,
    is_cancelled Bool,
    channel String,
    customer_key UInt64,
    country String,
    placed_at DateTime64(3, 'UTC'),
    paid_at Nullable(DateTime64(3, 'UTC')),
    cancelled_at Nullable(DateTime64(3, 'UTC')),
    tax_minor Int64,
    shipping_minor Int64
)
engine = MergeTree
order by order_key
