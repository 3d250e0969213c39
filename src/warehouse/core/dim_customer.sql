-- Grain: one person: everyone in customer files, orders or sessions. The unknown customer (key 0) is not a row.
create table if not exists dim_customer (
    customer_key UInt64 comment 'Customer',
    customer_id String comment 'Natural id',
    name String comment 'Name; empty when unknown',
    email String comment 'E-mail address, masked as a***@example.com; empty when unknown',
    address String comment 'Street address, masked but for two letters; empty when unknown',
    city String comment 'City; empty when unknown',
    region String comment 'State or region; empty when unknown',
    postal_code String comment 'Postal code, masked but for two letters; empty when unknown',
    country LowCardinality(String) comment 'Country; empty when unknown',
    gender LowCardinality(String) comment 'Gender as given; empty when unknown',
    age Nullable(UInt8) comment 'Age in years; null when unknown',
    registered_on Nullable(Date) comment 'Day of registration in the shop''s time zone; null when unknown',
    is_active Nullable(Bool) comment 'Account in use; null when unknown',
    loyalty_score Nullable(Float64) comment 'Loyalty score of the source; null when unknown',
    attributes Map(LowCardinality(String), String) comment 'Further attributes of the source; those that say how to reach somebody are masked'
)
engine = MergeTree
order by customer_key
