-- Grain: one customer of one run of the model uplift, see ops_model_runs; of the runs kept.
create table if not exists prd_uplift (
    run_key UInt64 comment 'Run of the model',
    customer_key UInt64 comment 'Customer',
    uplift_rate Float64 comment 'What the treatment adds to the chance of an order within the experiment''s window, from -1 to 1',
    untreated_rate Float64 comment 'Chance of an order within the window without the treatment'
)
engine = MergeTree
partition by run_key
order by customer_key
