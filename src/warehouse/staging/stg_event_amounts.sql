-- Grain: one event whose price was given in another currency than the shop's. The build writes the price in the shop's currency
-- to fct_events, by the rate of the event's day; until there is one it is 0 there.
create table if not exists stg_event_amounts (
    batch_key UInt32 comment 'Batch, see ops_batches' codec(ZSTD(1)),
    source_row UInt64 comment 'Row of the source file from 1' codec(Delta, ZSTD(1)),
    event_on Date comment 'Day of the event in the shop''s time zone' codec(ZSTD(1)),
    is_sale Bool comment 'A purchase, or a refund that names its order' codec(ZSTD(1)),
    currency LowCardinality(String) comment 'ISO 4217 code of the price' codec(ZSTD(1)),
    price_minor Int64 comment 'Unit price, minor units of its currency' codec(ZSTD(1))
)
engine = MergeTree
partition by toYYYYMM(event_on)
order by (event_on, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
