-- One row per product with a review that has a text, of the last run of the model review-sentiment: the {limit:UInt32} of most reviews, ties
-- by product id. mean_rating is null where no review has stars. No row before the first training.
select
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    said.review_count as review_count,
    if(said.rated_count = 0, null, said.rating_sum / said.rated_count) as mean_rating,
    said.positive_count / said.review_count as positive_rate,
    said.negative_count / said.review_count as negative_rate,
    said.sentiment_sum / said.review_count as mean_sentiment
from prd_review_sentiment as said
left any join dim_product as products on said.product_key = products.product_key
where said.run_key in (select max(run_key) from ops_model_runs where model = 'review-sentiment')
order by review_count desc, product_id
limit {limit:UInt32}
