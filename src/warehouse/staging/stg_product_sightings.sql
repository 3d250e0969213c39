-- Grain: one combination of attributes in which a batch showed a product. The newest one wins in dim_product.
create table if not exists stg_product_sightings (
    product_key UInt64 comment 'Product',
    product_id String comment 'Natural id where the key is a hash; empty where the key is the id',
    batch_key UInt32 comment 'Batch, see ops_batches',
    product_name LowCardinality(String) comment 'Name; empty when not given',
    category LowCardinality(String) comment 'Category path; empty when not given',
    category_id LowCardinality(String) comment 'Category id of the source; empty when not given',
    brand LowCardinality(String) comment 'Brand; empty when not given',
    last_at DateTime64(3, 'UTC') comment 'Newest instant with these attributes, UTC',
    last_price_minor Int64 comment 'Price then, minor units'
)
engine = MergeTree
order by (product_key, batch_key)
