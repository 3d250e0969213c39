-- Grain: one movement of stock as a file gave it.
create table if not exists stg_stock_movements (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    movement_id String comment 'Natural id of the movement; empty when the source gives none',
    product_key UInt64 comment 'Product',
    moved_at DateTime64(3, 'UTC') comment 'Instant of the movement, UTC',
    quantity Int32 comment 'Units that came, negative for those that went',
    movement_type LowCardinality(String) comment 'initial, restock, sale, return, cancellation or correction'
)
engine = MergeTree
order by (product_key, moved_at, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
