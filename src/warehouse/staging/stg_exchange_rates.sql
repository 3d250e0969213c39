-- Grain: one rate of one currency and day as a file gave it; of several in one form for a day the newest counts.
create table if not exists stg_exchange_rates (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    currency LowCardinality(String) comment 'ISO 4217 code',
    rate_on Date comment 'Day of the rate',
    rate Decimal(38, 12) comment 'The rate as it was given, above 0',
    form LowCardinality(String) comment 'shop_units: units of the shop''s currency for one of it; units_per_euro: units of it for one euro'
)
engine = MergeTree
order by (currency, rate_on, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
