-- Grain: one product and aspect that its reviews mention, of one run of the model review-sentiment, see ops_model_runs; of the runs kept.
create table if not exists prd_review_aspects (
    run_key UInt64 comment 'Run of the model',
    product_key UInt64 comment 'Product',
    aspect LowCardinality(String) comment 'size, quality, delivery or price',
    mention_count UInt32 comment 'Reviews that mention it',
    positive_count UInt32 comment 'Of those, whose sentences about it are positive: a mean sentiment of 0.2 or more',
    negative_count UInt32 comment 'Of those, whose sentences about it are negative: a mean sentiment of -0.2 or less',
    sentiment_sum Float64 comment 'Sum over the reviews of the mean sentiment of the sentences about it, each from -1 to 1'
)
engine = MergeTree
partition by run_key
order by (product_key, aspect)
