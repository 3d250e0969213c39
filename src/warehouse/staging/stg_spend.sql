-- Grain: what advertising through one channel cost on one day, as a file gave it.
create table if not exists stg_spend (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    spent_at DateTime64(3, 'UTC') comment 'Start of the day in the shop''s time zone, UTC',
    channel LowCardinality(String) comment 'Channel, named as in events and orders',
    campaign String comment 'Campaign; empty when unknown',
    spend_minor Int64 comment 'Cost, minor units',
    currency LowCardinality(String) comment 'ISO 4217 code of the amounts; empty where it is the shop''s'
)
engine = MergeTree
order by (spent_at, channel, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
