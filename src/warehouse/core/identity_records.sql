-- Grain: one record of a customer that may tie ids, with what ties them; a step of the build that keeps what earlier builds read.
create table if not exists identity_records (
    batch_key UInt32,
    source_row UInt64,
    customer_key UInt64,
    alias_key UInt64,
    anonymous_key UInt64,
    address_hash String,
    is_account Bool
)
engine = MergeTree
order by (customer_key, batch_key, source_row)
