-- Grain: one saving or deletion of something people keep: a saved view, a start page, a viewpoint, an annotation, an alert, a
-- board, a query. The last one holds its present content; together they are its history.
create table if not exists ops_kept_events (
    kind LowCardinality(String) comment 'view, start_page, viewpoint, annotation, alert, board or query',
    id String comment 'Id within its kind; of a start page and a viewpoint the name of the person',
    sequence UInt32 comment 'Counts the events of the thing from 1: its version',
    happened_at DateTime64(3, 'UTC') comment 'When, UTC',
    actor String comment 'Who did it',
    action LowCardinality(String) comment 'saved or deleted',
    content String comment 'What it is after it, as JSON'
)
engine = MergeTree
order by (kind, id, sequence)
settings fsync_after_insert = 1, fsync_part_directory = 1
