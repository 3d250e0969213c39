-- Grain: one customer of one run of the model churn, see ops_model_runs; of the runs kept.
create table if not exists prd_churn (
    run_key UInt64 comment 'Run of the model',
    customer_key UInt64 comment 'Customer',
    score_rate Float64 comment 'Chance of no order within the run''s horizon after its cutoff',
    decile UInt8 comment 'From 1, the tenth of the highest scores, to 10',
    top_reasons Array(String) comment 'Features that moved the score most, as name, value and log-odds; only for the 20,000 highest'
)
engine = MergeTree
partition by run_key
order by (decile, customer_key)
