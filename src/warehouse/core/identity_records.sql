-- Grain: one record of a customer that may tie ids, with what ties them: what builds have read of stg_customers. A build that
-- ended may have read some twice, which says nothing else.
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
