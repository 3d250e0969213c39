-- Grain: one setting the warehouse was built with; a change of one of them needs a full build.
create table if not exists ops_state (
    name String comment 'Setting',
    value String comment 'Value',
    version UInt64 comment 'Counts up; the highest counts'
)
engine = ReplacingMergeTree(version)
order by name
settings fsync_after_insert = 1, fsync_part_directory = 1
