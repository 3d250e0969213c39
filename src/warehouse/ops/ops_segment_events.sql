-- Grain: one saving or deletion of a segment of customers. The last one holds its present definition; together they are its history.
create table if not exists ops_segment_events (
    segment String comment 'Name of the segment',
    sequence UInt32 comment 'Counts the events of the segment from 1: its version',
    happened_at DateTime64(3, 'UTC') comment 'When, UTC',
    actor String comment 'Who did it',
    action LowCardinality(String) comment 'saved or deleted',
    definition String comment 'Name, title, note and rule after it, as JSON'
)
engine = MergeTree
order by (segment, sequence)
settings fsync_after_insert = 1, fsync_part_directory = 1
