-- Grain: one manual entry about who is who. Entries stay; one that was undone has an entry `undo` that names it.
create table if not exists ops_identity_events (
    entry UInt32 comment 'Number of the entry, from 1',
    happened_at DateTime64(3, 'UTC') comment 'When, UTC',
    actor String comment 'Who made it',
    action LowCardinality(String) comment 'merge, separate or undo',
    first_key UInt64 comment 'Customer whose id the merged person keeps; 0 of an undo',
    second_key UInt64 comment 'The other customer; 0 of an undo',
    undone_entry UInt32 comment 'Entry that an undo takes back; 0 otherwise',
    note String comment 'Why, in words; empty when nothing was said'
)
engine = MergeTree
order by entry
settings fsync_after_insert = 1, fsync_part_directory = 1
