-- Grain: what a unit of one product costs from one day on, as a file gave it; of several for a day the newest counts.
create table if not exists stg_product_costs (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    product_key UInt64 comment 'Product',
    product_id String comment 'Natural id of the product',
    valid_from Date comment 'First day of the cost',
    cost_minor Int64 comment 'Cost of a unit, minor units',
    currency LowCardinality(String) comment 'ISO 4217 code of the cost; empty where it is the shop''s'
)
engine = MergeTree
order by (product_key, valid_from, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
