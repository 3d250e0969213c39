-- Grain: one customer and horizon of one run of the model clv, see ops_model_runs; of the runs kept. Expectations count from the
-- run's cutoff.
create table if not exists prd_customer_value (
    run_key UInt64 comment 'Run of the model',
    customer_key UInt64 comment 'Customer',
    horizon_days UInt16 comment 'How far ahead, in days',
    p_alive_rate Float64 comment 'Chance that the customer will ever order again',
    expected_order_count Float64 comment 'Days with an order expected within the horizon',
    expected_average_value_minor Float64 comment 'Net revenue expected of such a day, minor units',
    clv_minor Int64 comment 'Net revenue expected within the horizon, discounted by 1 % a month, minor units'
)
engine = MergeTree
partition by run_key
order by (horizon_days, customer_key)
