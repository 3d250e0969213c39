-- Grain: one product with a review that has a text, of one run of the model review-sentiment, see ops_model_runs; of the runs kept.
create table if not exists prd_review_sentiment (
    run_key UInt64 comment 'Run of the model',
    product_key UInt64 comment 'Product',
    review_count UInt32 comment 'Reviews with a text',
    rated_count UInt32 comment 'Of those, with stars',
    rating_sum Float64 comment 'Sum of their stars',
    positive_count UInt32 comment 'Reviews whose text is positive: a sentiment of 0.2 or more',
    negative_count UInt32 comment 'Reviews whose text is negative: a sentiment of -0.2 or less',
    sentiment_sum Float64 comment 'Sum of the sentiments, each from -1 to 1'
)
engine = MergeTree
partition by run_key
order by product_key
