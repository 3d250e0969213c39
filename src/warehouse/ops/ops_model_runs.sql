-- Grain: one training of one model, or one scoring by a model kept from an earlier training. Its predictions stand in the prd_* tables under its
-- run_key; of runs of one cutoff and settings the highest counts.
create table if not exists ops_model_runs (
    run_key UInt64 comment 'Number of the run',
    model LowCardinality(String) comment 'Model: clv, customer-segments, propensity, churn, forecast, review-sentiment, recommendations, uplift',
    version String comment 'Version of Cartwright that trained it',
    seed UInt32 comment 'Seed of everything drawn by chance',
    settings Map(String, String) comment 'What was asked for, such as horizon_days, by name',
    cutoff_on Date comment 'Nothing dated on this day or later was seen',
    features Array(String) comment 'What the model was given of each customer',
    data_sha256 String comment 'SHA-256 of the rows it was trained on',
    row_count UInt64 comment 'Rows it was trained on',
    metrics Map(String, Float64) comment 'Quality, by name',
    baseline Map(String, Float64) comment 'The same of the baseline the model must beat',
    artefact String comment 'Parameters, JSON',
    trained_run_key UInt64 default run_key comment 'Run whose training made the model; its own number unless it is a scoring by a kept model',
    standing LowCardinality(String) default 'champion' comment 'champion: answers; challenger: was measured worse than the champion and has no predictions; aside: of an earlier day than the champion, answers only when asked for',
    standing_reason String comment 'Why it has this standing, in words',
    training_shares Map(String, Array(Float64)) comment 'Shares of the people trained on, by bin of each feature and of the score; the last bin is of missing values',
    scored_shares Map(String, Array(Float64)) comment 'The same of the people scored',
    scored_count UInt64 comment 'People scored',
    trained_at DateTime64(3, 'UTC') comment 'End of the training or scoring, UTC'
)
engine = MergeTree
order by (model, run_key)
settings fsync_after_insert = 1, fsync_part_directory = 1
