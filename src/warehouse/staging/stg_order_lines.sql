-- Grain: one order line as a file gave it. A line without its own time takes its order's.
create table if not exists stg_order_lines (
    batch_key UInt32 comment 'Batch, see ops_batches',
    source_row UInt64 comment 'Row of the source file from 1',
    order_key UInt64 comment 'Order',
    order_id String comment 'Natural id of the order',
    line_id String comment 'Natural id of the line within its order; empty when the source gives none',
    line_at Nullable(DateTime64(3, 'UTC')) comment 'Instant of the line, UTC; null when only the order is dated',
    customer_key UInt64 comment 'Customer, or the alias the order file uses; 0 when unknown',
    product_key UInt64 comment 'Product; 0 when none',
    quantity Int32 comment 'Units; negative on returns',
    unit_price_minor Int64 comment 'Unit price, minor units, rounded half away from zero',
    amount_minor Int64 comment 'Quantity times the exact unit price, before discount, rounded once',
    discount_minor Int64 comment 'Discount on the line, minor units, never negative',
    unit_cost_minor Nullable(Int64) comment 'Cost of a unit, minor units; null when unknown',
    tax_minor Int64 comment 'Tax, minor units',
    shipping_minor Int64 comment 'Shipping, minor units',
    status LowCardinality(String) comment 'Status of the order as the line gives it; empty when it does not',
    channel LowCardinality(String) comment 'Channel; empty when unknown',
    country LowCardinality(String) comment 'Country; empty when unknown',
    currency LowCardinality(String) comment 'ISO 4217 code of the amounts; empty where it is the shop''s'
)
engine = MergeTree
order by (order_key, batch_key, source_row)
settings fsync_after_insert = 1, fsync_part_directory = 1
