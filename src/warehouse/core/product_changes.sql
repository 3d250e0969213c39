-- Grain: one product on one day, twice: minus what the touched sources contributed to agg_product_daily before a build of added
-- batches, and what they contribute after it; a step of the build.
create table if not exists product_changes (
    day_on Date,
    product_key UInt64,
    view_count Int64,
    cart_count Int64,
    purchase_count Int64,
    viewing_session_count Int64,
    cart_session_count Int64,
    purchasing_session_count Int64,
    viewing_purchasing_session_count Int64,
    abandoned_session_count Int64,
    purchase_revenue_minor Int64
)
engine = MergeTree
order by (day_on, product_key)
