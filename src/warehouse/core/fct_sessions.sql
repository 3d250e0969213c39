-- Grain: one session: the events of one given session id, or of one customer without pauses of session_gap_minutes;
-- cut when it has lasted 24 hours. A session belongs to the customer of its first event and to the day it started.
-- Events with neither a session id nor a customer, and purchases derived from order files, belong to no session.
create table if not exists fct_sessions (
    slice_on Date comment 'UTC day of the start, or its month in a small warehouse: the unit of rebuilding' codec(Delta, ZSTD(1)),
    started_at DateTime64(3, 'UTC') comment 'Instant of the first event, UTC' codec(Delta, ZSTD(1)),
    started_on Date comment 'Day of the first event in the shop''s time zone' codec(Delta, ZSTD(1)),
    source_key UInt64 comment 'Given session id, or the customer where sessions are inferred' codec(ZSTD(1)),
    is_inferred Bool comment 'True when found by pauses, false when the source gave the session''s id' codec(ZSTD(1)),
    customer_key UInt64 comment 'Customer of the first event; 0 when unknown' codec(Delta, ZSTD(1)),
    channel LowCardinality(String) comment 'Channel of the first event that names one' codec(ZSTD(1)),
    duration_seconds Float32 comment 'From the first to the last event' codec(ZSTD(1)),
    event_count UInt32 comment 'Events in the session' codec(ZSTD(1)),
    product_count UInt32 comment 'Distinct products touched' codec(ZSTD(1)),
    product_keys Array(UInt64) comment 'These products, in the order in which they were first touched' codec(ZSTD(1)),
    entry_product_key UInt64 comment 'Product of the first event; 0 when it had none' codec(ZSTD(1)),
    exit_product_key UInt64 comment 'Product of the last event; 0 when it had none' codec(ZSTD(1)),
    revenue_minor Int64 comment 'Price times quantity over purchase events, minor units' codec(ZSTD(1)),
    event_types Array(Enum8('view' = 1, 'search' = 2, 'cart_add' = 3, 'cart_remove' = 4, 'wishlist_add' = 5, 'wishlist_remove' = 6, 'checkout_start' = 7, 'purchase' = 8, 'refund' = 9, 'review' = 10, 'click' = 11, 'page' = 12, 'custom' = 13)) comment 'Kinds of the events in order of time, ties by batch and row' codec(ZSTD(1)),
    view_count UInt32 materialized countEqual(event_types, 'view') comment 'View events' codec(ZSTD(1)),
    cart_count UInt32 materialized countEqual(event_types, 'cart_add') comment 'Cart additions' codec(ZSTD(1)),
    purchase_count UInt32 materialized countEqual(event_types, 'purchase') comment 'Purchase events' codec(ZSTD(1))
)
engine = MergeTree
partition by slice_on
order by (started_on, customer_key, started_at)
