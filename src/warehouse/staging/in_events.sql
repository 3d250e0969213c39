-- Grain: one validated event on its way in; keeps nothing itself. The views behind it write the load table and the
-- sightings of products and customers, so that one insert fills all of them.
create table if not exists in_events (
    batch_key UInt32,
    source_row UInt64,
    event_at DateTime64(3, 'UTC'),
    event_on Date,
    event_type LowCardinality(String),
    event_id String,
    customer_key UInt64,
    customer_id String,
    product_key UInt64,
    product_id String,
    session_key UInt64,
    channel LowCardinality(String),
    price_minor Int64,
    quantity Int32,
    order_id String,
    properties String,
    currency LowCardinality(String),
    product_name LowCardinality(String),
    category LowCardinality(String),
    category_id LowCardinality(String),
    brand LowCardinality(String),
    plan_note LowCardinality(String)
)
engine = Null
