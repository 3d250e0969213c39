-- Grain: one event whose price in fct_events is to be changed; a step of the build.
create table if not exists event_prices (
    batch_key UInt32,
    source_row UInt64,
    price_minor Int64
)
engine = Join(any, left, batch_key, source_row)
