-- Grain: one product record as a file gave it; attribute by attribute, the newest non-empty one counts.
create table if not exists stg_products (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    product_key UInt64 comment 'Product',
    product_id String comment 'Natural id of the product',
    name String comment 'Name; empty when unknown',
    category String comment 'Category path; empty when unknown',
    category_id String comment 'Category id of the source; empty when unknown',
    brand String comment 'Brand; empty when unknown',
    price_minor Nullable(Int64) comment 'List price, minor units; null when unknown',
    cost_minor Nullable(Int64) comment 'Cost of a unit, minor units; null when unknown',
    stock_quantity Nullable(Int64) comment 'Units on hand; null when unknown',
    image_url String comment 'Address of a picture; empty when unknown',
    attributes Map(LowCardinality(String), String) comment 'Further attributes of the source'
)
engine = MergeTree
order by (product_key, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
