-- Grain: one customer record as a file gave it; attribute by attribute, the newest non-empty one counts.
-- alias_key is a second id by which orders name the person (one per order in Olist); equal to customer_key otherwise.
create table if not exists stg_customers (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    customer_key UInt64 comment 'Customer',
    customer_id String comment 'Natural id of the customer',
    alias_key UInt64 comment 'Key under which orders may name the customer',
    name String comment 'Name; empty when unknown',
    email String comment 'E-mail address; empty when unknown',
    address String comment 'Street address; empty when unknown',
    city String comment 'City; empty when unknown',
    region String comment 'State or region; empty when unknown',
    postal_code String comment 'Postal code; empty when unknown',
    country LowCardinality(String) comment 'Country; empty when unknown',
    gender LowCardinality(String) comment 'Gender as given; empty when unknown',
    age Nullable(UInt8) comment 'Age in years; null when unknown',
    registered_at Nullable(DateTime64(3, 'UTC')) comment 'Instant of registration, UTC; null when unknown',
    is_active Nullable(Bool) comment 'Account in use; null when unknown',
    loyalty_score Nullable(Float64) comment 'Loyalty score of the source; null when unknown',
    attributes Map(LowCardinality(String), String) comment 'Further attributes of the source',
    message_id String comment 'Id of the message that told it; empty where a file did'
)
engine = MergeTree
order by (customer_key, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
