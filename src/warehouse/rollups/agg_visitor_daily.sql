-- Grain: one day of the shop's time zone with a known visitor. Who was there, as a set that merges with those of other days:
-- the number of distinct visitors of any range of days follows without the events.
create table if not exists agg_visitor_daily (
    day_on Date comment 'The day',
    visitors AggregateFunction(groupBitmap, UInt64) comment 'Keys of the customers and visitors with an event that day; groupBitmapMerge counts them over days'
)
engine = MergeTree
partition by toYYYYMM(day_on)
order by day_on
