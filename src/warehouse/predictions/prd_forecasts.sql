-- Grain: one series, grain and period of one run of the model forecast, see ops_model_runs; of the runs kept. Periods of the past
-- hold what was, without an interval; the period the cutoff lies in is foretold as a whole.
create table if not exists prd_forecasts (
    run_key UInt64 comment 'Run of the model',
    metric LowCardinality(String) comment 'net_revenue_minor or unit_count',
    grain LowCardinality(String) comment 'month or day',
    dimension LowCardinality(String) comment 'total, category or product',
    series LowCardinality(String) comment 'total, the category, or the natural id of the product; (other) is what the shop sells beside those named',
    period_on Date comment 'First day of the period, shop time zone',
    step UInt16 comment 'Periods after the last one that was over at the cutoff; 0 for the past',
    value Float64 comment 'What was, or what is expected',
    lower Nullable(Float64) comment 'Lower bound of the 95 % interval; null for the past and where too little is known',
    upper Nullable(Float64) comment 'Upper bound of the same',
    method LowCardinality(String) comment 'How it was foretold; empty for the past'
)
engine = MergeTree
partition by run_key
order by (metric, grain, dimension, series, period_on)
