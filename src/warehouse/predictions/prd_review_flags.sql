-- Grain: one review that looks made up, of one run of the model review-sentiment, see ops_model_runs; of the runs kept. It counts like any other.
create table if not exists prd_review_flags (
    run_key UInt64 comment 'Run of the model',
    product_key UInt64 comment 'Product',
    batch_key UInt32 comment 'Batch of the review, see stg_reviews',
    source_row UInt64 comment 'Row of the review in its file, see stg_reviews',
    reasons Array(String) comment 'near_duplicate: nearly the text of another review; burst: one of far more reviews of the product on a day than is usual; extreme: one or five stars, far from the product''s other days',
    like_batch_key UInt32 comment 'Batch of the review it nearly repeats; 0 where that is no reason',
    like_source_row UInt64 comment 'Row of that review; 0 where that is no reason'
)
engine = MergeTree
partition by run_key
order by (product_key, batch_key, source_row)
