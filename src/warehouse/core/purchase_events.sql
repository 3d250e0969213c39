-- Grain: one purchase event with the order it belongs to; a step of the build.
create table if not exists purchase_events (
    event_at DateTime64(3, 'UTC'),
    batch_key UInt32,
    source_row UInt64,
    customer_key UInt64,
    product_key UInt64,
    channel String,
    price_minor Int64,
    quantity Int32,
    order_key UInt64,
    order_id String,
    currency String,
    original_price_minor Int64
)
engine = MergeTree
order by order_key
