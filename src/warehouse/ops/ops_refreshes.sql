-- Grain: one refresh of the tables built from the facts.
create table if not exists ops_refreshes (
    refresh_key UInt64 comment 'Number of the refresh; the data version',
    reason String comment 'What caused it: import, undo, full build',
    first_on Nullable(Date) comment 'First rebuilt day; null for everything',
    last_on Nullable(Date) comment 'Last rebuilt day; null for everything',
    started_at DateTime64(3, 'UTC') comment 'Start, UTC',
    finished_at DateTime64(3, 'UTC') comment 'End, UTC',
    table_rows Map(String, UInt64) comment 'Rows of each built table afterwards'
)
engine = MergeTree
order by refresh_key
settings fsync_after_insert = 1, fsync_part_directory = 1
