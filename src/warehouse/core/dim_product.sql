-- Grain: one product with its newest attributes. The missing product (key 0) is not a row.
create table if not exists dim_product (
    product_key UInt64 comment 'Product',
    product_id String comment 'Natural id',
    product_name String comment 'Name; empty when unknown',
    category LowCardinality(String) comment 'Category path, levels separated by dots; empty when unknown',
    category_id String comment 'Category id of the source; empty when unknown',
    brand LowCardinality(String) comment 'Brand; empty when unknown',
    price_minor Nullable(Int64) comment 'List price, else the newest price seen, minor units; null when unknown',
    cost_minor Nullable(Int64) comment 'Cost of a unit, minor units; null when unknown',
    stock_quantity Nullable(Int64) comment 'Units on hand; null when unknown',
    image_url String comment 'Address of a picture; empty when unknown',
    attributes Map(LowCardinality(String), String) comment 'Further attributes of the source'
)
engine = MergeTree
order by product_key
