-- Grain: one day of the shop's time zone with a known visitor. Who was there, as sets that merge with those of other days: the number
-- of distinct visitors of any range of days follows without the events. Small numbers lie close together in a bitmap; keys that are
-- large, such as hashes of names, would each be a bitmap of their own there, and are a list.
create table if not exists agg_visitor_daily (
    day_on Date comment 'The day',
    visitors AggregateFunction(groupBitmap, UInt64) comment 'Keys below 2^32 of the customers and visitors with an event that day; groupBitmapMerge counts them over days',
    further_visitors Array(UInt64) comment 'Their larger keys in order; uniqExactArray counts them over days' codec(ZSTD(1))
)
engine = MergeTree
partition by toYYYYMM(day_on)
order by day_on
