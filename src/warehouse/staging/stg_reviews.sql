-- Grain: one review as a file gave it.
create table if not exists stg_reviews (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    review_id String comment 'Natural id of the review; empty when the source gives none',
    product_key UInt64 comment 'Product',
    customer_key UInt64 comment 'Customer; 0 when unknown',
    reviewed_at Nullable(DateTime64(3, 'UTC')) comment 'Instant of the review, UTC; null when unknown',
    rating Nullable(UInt8) comment 'Stars, 1 to 5; null when none given',
    title String comment 'Title; empty when none',
    body String comment 'Text; empty when none'
)
engine = MergeTree
order by (product_key, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
