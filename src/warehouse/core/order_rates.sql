-- Grain: one order and other currency in which amounts of it were given, with the rate of the day the order was placed; a step
-- of the build, rebuilt with it. An order with a currency that has no rate is not built: it waits.
create table if not exists order_rates (
    order_key UInt64,
    currency LowCardinality(String),
    rate_on Date,
    numerator Int256,
    denominator Int256,
    is_known Bool,
    tax_minor Int64,
    shipping_minor Int64
)
engine = MergeTree
order by (order_key, currency)
