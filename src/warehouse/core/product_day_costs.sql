-- Grain: what a unit of one product costs from one day on; a step of the build, rebuilt with it. Null where the cost is in another
-- currency without a rate of that day: then it is unknown, and no older one takes its place.
create table if not exists product_day_costs (
    product_key UInt64,
    valid_from Date,
    cost_minor Nullable(Int64)
)
engine = MergeTree
order by (product_key, valid_from)
