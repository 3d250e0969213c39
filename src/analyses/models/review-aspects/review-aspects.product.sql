-- One row per product and aspect that its reviews mention, of the last run of the model review-sentiment, {product_id:String} alone where it is not empty: the
-- {limit:UInt32} most mentioned, ties by product id and aspect. No row before the first training.
select
    said.aspect as aspect,
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    said.mention_count as mention_count,
    said.mention_count / whole.review_count as mention_rate,
    said.positive_count / said.mention_count as positive_rate,
    said.negative_count / said.mention_count as negative_rate,
    said.sentiment_sum / said.mention_count as mean_sentiment
from prd_review_aspects as said
inner join prd_review_sentiment as whole on said.run_key = whole.run_key and said.product_key = whole.product_key
left any join dim_product as products on said.product_key = products.product_key
where said.run_key in (select max(run_key) from ops_model_runs where model = 'review-sentiment')
    and (
        {product_id:String} = ''
        or said.product_key in (select product_key from dim_product where product_id = {product_id:String})
    )
order by mention_count desc, product_id, aspect
limit {limit:UInt32}
