-- Grain: one exposure of a customer to a variant of an experiment, as a file gave it.
create table if not exists stg_exposures (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    experiment_id LowCardinality(String) comment 'Experiment',
    customer_key UInt64 comment 'Customer',
    variant LowCardinality(String) comment 'Variant the customer saw',
    exposed_at DateTime64(3, 'UTC') comment 'Instant of the exposure, UTC'
)
engine = MergeTree
order by (experiment_id, customer_key, exposed_at, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
