-- Grain: one batch: one file (or sheet) of one import. read_rows = loaded_rows + duplicate_rows + rejected_rows, always.
create table if not exists ops_batches (
    batch_key UInt32 comment 'Number of the batch',
    version UInt64 comment 'Counts up with each change of state; the highest counts',
    state LowCardinality(String) comment 'loading, attaching, loaded, duplicate, undoing, undone, replaced, failed',
    source String comment 'Where it came from: the file as it is known across imports',
    path String comment 'The file as it was given',
    digest String comment 'SHA-256 of the file''s bytes; empty while loading',
    file_bytes UInt64 comment 'Size of the file as it lies on disk',
    preset LowCardinality(String) comment 'How its columns were understood',
    kind LowCardinality(String) comment 'What its rows are: events, order_lines, orders, ...',
    header String comment 'Header record of the file; empty where rows need none',
    read_rows UInt64 comment 'Rows read, header excluded',
    loaded_rows UInt64 comment 'Rows loaded',
    duplicate_rows UInt64 comment 'Rows known before',
    rejected_rows UInt64 comment 'Rows refused, each in ops_rejects',
    filtered_rows UInt64 comment 'Rows passed over because --keep asks for others; not among those read',
    first_on Nullable(Date) comment 'First day it holds; null when its rows are not dated',
    last_on Nullable(Date) comment 'Last day it holds; null when its rows are not dated',
    is_built Bool comment 'Whether sessions, orders, dimensions and rollups follow it already',
    started_at DateTime64(3, 'UTC') comment 'Start of the import, UTC',
    finished_at Nullable(DateTime64(3, 'UTC')) comment 'End of the import, UTC; null while it runs',
    message String comment 'What happened, in words; empty when nothing needs saying'
)
engine = ReplacingMergeTree(version)
order by batch_key
settings fsync_after_insert = 1, fsync_part_directory = 1
