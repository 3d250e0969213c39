-- Grain: one payment as a file gave it.
create table if not exists stg_payments (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    order_key UInt64 comment 'Order',
    order_id String comment 'Natural id of the order',
    payment_number UInt32 comment 'Position of the payment in its order from 1',
    method LowCardinality(String) comment 'Method as published',
    instalment_count UInt32 comment 'Instalments; 1 when not given',
    amount_minor Int64 comment 'Amount, minor units',
    paid_at Nullable(DateTime64(3, 'UTC')) comment 'Instant of the payment, UTC; null when unknown',
    currency LowCardinality(String) comment 'ISO 4217 code of the amounts; empty where it is the shop''s'
)
engine = MergeTree
order by (order_key, payment_number, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
