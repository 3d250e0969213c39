-- Grain: one category as a file names it: the id or code used by products, and the name to show.
create table if not exists stg_categories (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    category_id String comment 'Id or code used by product records',
    category String comment 'Category path to show'
)
engine = MergeTree
order by (category_id, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
