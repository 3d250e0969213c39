-- Grain: one customer whose natural id is not a number; maps the hashed key back to the id.
create table if not exists stg_customer_ids (
    customer_key UInt64 comment 'Customer',
    customer_id String comment 'Natural id'
)
engine = ReplacingMergeTree
order by (customer_key, customer_id)
