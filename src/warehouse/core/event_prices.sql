-- Grain: one event whose price in fct_events is to be changed, by its place: batch and row in one number, since the engine looks up
-- by no pair of them; a step of the build.
create table if not exists event_prices (
    place UInt64,
    batch_key UInt32,
    source_row UInt64,
    price_minor Int64
)
engine = Join(any, left, place)
