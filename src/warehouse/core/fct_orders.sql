-- Grain: one order. From order files where the shop has them, else from purchase events: then one order per order id
-- given, per session, or per event without either. Amounts are after discount, without tax and shipping.
create table if not exists fct_orders (
    order_key UInt64 comment 'Order' codec(ZSTD(1)),
    order_id String comment 'Natural id; derived from the session where the source has no order ids' codec(ZSTD(1)),
    status LowCardinality(String) comment 'Status as published; empty when unknown' codec(ZSTD(1)),
    is_cancelled Bool comment 'True when the status is cancelled, canceled or voided' codec(ZSTD(1)),
    channel LowCardinality(String) comment 'Channel; empty when unknown' codec(ZSTD(1)),
    customer_key UInt64 comment 'Customer; 0 when unknown' codec(ZSTD(1)),
    country LowCardinality(String) comment 'Country of the order, else of its customer; empty when unknown' codec(ZSTD(1)),
    currency LowCardinality(String) comment 'ISO 4217 code of all amounts' codec(ZSTD(1)),
    placed_at DateTime64(3, 'UTC') comment 'Instant the order was placed, UTC' codec(Delta, ZSTD(1)),
    ordered_on Date comment 'Day the order was placed in the shop''s time zone' codec(Delta, ZSTD(1)),
    paid_at Nullable(DateTime64(3, 'UTC')) comment 'Instant of payment, UTC; null when unknown' codec(ZSTD(1)),
    cancelled_at Nullable(DateTime64(3, 'UTC')) comment 'Instant of cancellation, UTC; null when not cancelled or unknown' codec(ZSTD(1)),
    line_count UInt32 comment 'Order lines, returns included' codec(ZSTD(1)),
    unit_count Int64 comment 'Units on positive lines' codec(ZSTD(1)),
    has_positive_line Bool comment 'True when a line has a positive quantity and price, whatever the discount: only then it counts as an order' codec(ZSTD(1)),
    gross_minor Int64 comment 'Positive lines after discount, minor units' codec(ZSTD(1)),
    refunded_minor Int64 comment 'Minus the sum of negative lines, minor units; never negative' codec(ZSTD(1)),
    net_minor Int64 comment 'gross_minor minus refunded_minor' codec(ZSTD(1)),
    discount_minor Int64 comment 'Discount over positive lines, minor units' codec(ZSTD(1)),
    tax_minor Int64 comment 'Tax, minor units' codec(ZSTD(1)),
    shipping_minor Int64 comment 'Shipping, minor units' codec(ZSTD(1)),
    original_currency LowCardinality(String) comment 'ISO 4217 code in which it was placed, where that is not the shop''s; mixed: in several; empty: in the shop''s' codec(ZSTD(1)),
    original_gross_minor Nullable(Int64) comment 'gross_minor in minor units of original_currency; null in the shop''s and in several' codec(ZSTD(1)),
    original_refunded_minor Nullable(Int64) comment 'refunded_minor in minor units of original_currency; null in the shop''s and in several' codec(ZSTD(1))
)
engine = MergeTree
partition by toYYYYMM(ordered_on)
order by (ordered_on, customer_key, order_key)
