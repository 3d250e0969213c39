-- Grain: one order header as a file gave it; of several for one order the newest batch and row counts.
create table if not exists stg_orders (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    order_key UInt64 comment 'Order',
    order_id String comment 'Natural id of the order',
    customer_key UInt64 comment 'Customer, or the alias the order file uses; 0 when unknown',
    customer_id String comment 'Natural id of that customer where the key is a hash',
    status LowCardinality(String) comment 'Status as published',
    placed_at DateTime64(3, 'UTC') comment 'Instant the order was placed, UTC',
    paid_at Nullable(DateTime64(3, 'UTC')) comment 'Instant of payment or approval, UTC; null when unknown',
    shipped_at Nullable(DateTime64(3, 'UTC')) comment 'Instant of hand-over to the carrier, UTC; null when unknown',
    delivered_at Nullable(DateTime64(3, 'UTC')) comment 'Instant of delivery, UTC; null when unknown',
    cancelled_at Nullable(DateTime64(3, 'UTC')) comment 'Instant of cancellation, UTC; null when not cancelled or unknown',
    channel LowCardinality(String) comment 'Channel; empty when unknown',
    country LowCardinality(String) comment 'Country; empty when unknown',
    tax_minor Int64 comment 'Tax of the order, minor units',
    shipping_minor Int64 comment 'Shipping of the order, minor units',
    currency LowCardinality(String) comment 'ISO 4217 code of the amounts; empty where it is the shop''s'
)
engine = MergeTree
order by (order_key, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
