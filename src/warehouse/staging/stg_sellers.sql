-- Grain: one seller of a marketplace as a file gave it.
create table if not exists stg_sellers (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    seller_id String comment 'Natural id of the seller',
    city String comment 'City; empty when unknown',
    region String comment 'State or region; empty when unknown',
    postal_code String comment 'Postal code; empty when unknown',
    country LowCardinality(String) comment 'Country; empty when unknown'
)
engine = MergeTree
order by (seller_id, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
