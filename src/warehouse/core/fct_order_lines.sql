-- Grain: one order line. Returns are negative lines dated on the return and knowing the order's day; a negative price is
-- an adjustment. revenue_minor is after discount, without tax and shipping.
create table if not exists fct_order_lines (
    order_key UInt64 comment 'Order' codec(ZSTD(1)),
    line_id String comment 'Natural id within the order; empty when the source gives none' codec(ZSTD(1)),
    line_at DateTime64(3, 'UTC') comment 'Instant of the line, UTC' codec(Delta, ZSTD(1)),
    line_on Date comment 'Day of the line in the shop''s time zone: of the order, or of the return' codec(Delta, ZSTD(1)),
    ordered_on Date comment 'Day the order was placed in the shop''s time zone' codec(Delta, ZSTD(1)),
    customer_key UInt64 comment 'Customer of the order; 0 when unknown' codec(ZSTD(1)),
    product_key UInt64 comment 'Product; 0 when the line names none' codec(ZSTD(1)),
    channel LowCardinality(String) comment 'Channel of the order' codec(ZSTD(1)),
    country LowCardinality(String) comment 'Country of the order' codec(ZSTD(1)),
    is_cancelled Bool comment 'True when the order is cancelled' codec(ZSTD(1)),
    quantity Int32 comment 'Units; negative on returns' codec(ZSTD(1)),
    unit_price_minor Int64 comment 'Unit price, minor units' codec(ZSTD(1)),
    discount_minor Int64 comment 'Discount on the line, minor units, never negative' codec(ZSTD(1)),
    revenue_minor Int64 comment 'Amount after discount, minor units; negative on returns and adjustments' codec(ZSTD(1)),
    unit_cost_minor Nullable(Int64) comment 'Cost of a unit, minor units; null when unknown' codec(ZSTD(1)),
    margin_minor Nullable(Int64) comment 'revenue_minor minus quantity times unit cost; null when the cost is unknown' codec(ZSTD(1)),
    is_return Bool comment 'True when units came back (negative quantity)' codec(ZSTD(1)),
    is_adjustment Bool comment 'True when the price is negative' codec(ZSTD(1)),
    source_row UInt64 comment 'Row of the source file, or of the event, from 1' codec(ZSTD(1)),
    batch_key UInt32 comment 'Batch that loaded the row, see ops_batches' codec(ZSTD(1)),
    original_currency LowCardinality(String) comment 'ISO 4217 code in which its amounts were given, where that is not the shop''s; else empty' codec(ZSTD(1)),
    original_revenue_minor Nullable(Int64) comment 'revenue_minor in minor units of original_currency; null in the shop''s' codec(ZSTD(1))
)
engine = MergeTree
partition by toYYYYMM(line_on)
order by (line_on, customer_key, order_key)
