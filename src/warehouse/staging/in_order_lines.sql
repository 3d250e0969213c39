-- Grain: one validated order line on its way in; keeps nothing itself.
create table if not exists in_order_lines (
    batch_key UInt32,
    source_row UInt64,
    order_key UInt64,
    order_id String,
    line_id String,
    line_at Nullable(DateTime64(3, 'UTC')),
    customer_key UInt64,
    customer_id String,
    product_key UInt64,
    product_id String,
    quantity Int32,
    unit_price_minor Int64,
    amount_minor Int64,
    discount_minor Int64,
    unit_cost_minor Nullable(Int64),
    tax_minor Int64,
    shipping_minor Int64,
    status LowCardinality(String),
    channel LowCardinality(String),
    country LowCardinality(String),
    currency LowCardinality(String),
    product_name LowCardinality(String),
    category LowCardinality(String),
    category_id LowCardinality(String),
    brand LowCardinality(String)
)
engine = Null
