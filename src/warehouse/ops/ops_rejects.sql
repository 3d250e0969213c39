-- Grain: one refused row, with its place, its reason and its text.
create table if not exists ops_rejects (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    line UInt64 comment 'Line of the source file on which the row starts, from 1',
    column_name String comment 'Column that was refused; empty when the row as a whole was',
    value String comment 'The refused value, cut at 1,000 characters',
    reason String comment 'Why, in words',
    raw String comment 'The row as it stands in the file, cut at 100,000 characters'
)
engine = MergeTree
order by (batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
