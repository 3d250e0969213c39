-- Grain: one interaction of a visitor with the shop, as a source reported it.
-- Times are UTC; event_on is the day in the shop's time zone. A customer, product or session that the source does not
-- name has key 0 and is never counted. Purchases derived from order files (is_derived) exist only where no source of
-- events does, so that both facts always exist.
create table if not exists fct_events (
    event_at DateTime64(3, 'UTC') comment 'Instant of the interaction, UTC' codec(Delta, ZSTD(1)),
    event_on Date comment 'Day of the interaction in the shop''s time zone' codec(Delta, ZSTD(1)),
    event_type Enum8('view' = 1, 'search' = 2, 'cart_add' = 3, 'cart_remove' = 4, 'wishlist_add' = 5, 'wishlist_remove' = 6, 'checkout_start' = 7, 'purchase' = 8, 'refund' = 9, 'review' = 10, 'click' = 11, 'page' = 12, 'custom' = 13) comment 'Kind of interaction' codec(ZSTD(1)),
    customer_key UInt64 comment 'Customer or visitor; 0 when unknown' codec(Delta, ZSTD(1)),
    product_key UInt64 comment 'Product; 0 when the interaction has none' codec(ZSTD(1)),
    session_key UInt64 comment 'Session id given by the source; 0 when it gives none' codec(ZSTD(1)),
    channel LowCardinality(String) comment 'Channel given by the source; empty when unknown' codec(ZSTD(1)),
    price_minor Int64 comment 'Unit price at the time, minor units; 0 when not given' codec(ZSTD(1)),
    quantity Int32 comment 'Units; 1 when not given' codec(ZSTD(1)),
    order_id String comment 'Order the interaction belongs to; empty when none is given' codec(ZSTD(1)),
    event_id String comment 'Id given by the source; empty when it gives none' codec(ZSTD(1)),
    properties String comment 'Properties of the source that have no column, as a JSON object; empty when none' codec(ZSTD(1)),
    is_bot Bool comment 'Made by a known robot, by its user agent; counted unless traffic is people' codec(ZSTD(1)),
    is_staff Bool comment 'Said by its source to be a test or of the shop''s own people; counted unless traffic is people' codec(ZSTD(1)),
    is_derived Bool comment 'Derived from an order line, in a shop without a stream of events' codec(ZSTD(1)),
    batch_key UInt32 comment 'Batch that loaded the row, see ops_batches' codec(ZSTD(1)),
    source_row UInt64 comment 'Row of the source file from 1; orders rows of equal time' codec(Delta, ZSTD(1)),
    plan_note LowCardinality(String) comment 'Name of the collected message''s event at its source and, on further lines, what is against the tracking plan; on the first row of a message, else empty' codec(ZSTD(1))
)
engine = MergeTree
partition by (toYYYYMM(event_on), is_derived)
order by (customer_key, event_at)
settings fsync_after_insert = 1, fsync_part_directory = 1
