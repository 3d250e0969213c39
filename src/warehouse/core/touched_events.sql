-- Grain: one event, as in person_events, of a source in touched_sources, or of nobody in an added batch; a step of the build.
create table if not exists touched_events (
    event_at DateTime64(3, 'UTC'),
    event_on Date,
    event_type Enum8('view' = 1, 'search' = 2, 'cart_add' = 3, 'cart_remove' = 4, 'wishlist_add' = 5, 'wishlist_remove' = 6, 'checkout_start' = 7, 'purchase' = 8, 'refund' = 9, 'review' = 10, 'click' = 11, 'page' = 12, 'custom' = 13),
    customer_key UInt64,
    product_key UInt64,
    session_key UInt64,
    channel LowCardinality(String),
    price_minor Int64,
    quantity Int32,
    is_derived Bool,
    batch_key UInt32,
    source_row UInt64
)
engine = MergeTree
order by tuple()
