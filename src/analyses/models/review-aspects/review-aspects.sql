-- One row per aspect that reviews mention, of the last run of the model review-sentiment, over all products or {product_id:String} alone where it is not
-- empty; most mentioned first, at most {limit:UInt32}. No row before the first training.
with

last_run as (

    select max(run_key) as last_key
    from ops_model_runs
    where model = 'review-sentiment'

),

wanted_products as (

    select product_key as wanted_key
    from prd_review_sentiment
    where run_key in (select last_key from last_run)
        and ({product_id:String} = '' or product_key in (select product_key from dim_product where product_id = {product_id:String}))

)

select
    aspect,
    cast(null as Nullable(String)) as product_id,
    cast(null as Nullable(String)) as product_name,
    sum(said.mention_count) as mention_count,
    sum(said.mention_count) / (
        select sum(review_count)
        from prd_review_sentiment
        where run_key in (select last_key from last_run) and product_key in (select wanted_key from wanted_products)
    ) as mention_rate,
    sum(said.positive_count) / sum(said.mention_count) as positive_rate,
    sum(said.negative_count) / sum(said.mention_count) as negative_rate,
    sum(said.sentiment_sum) / sum(said.mention_count) as mean_sentiment
from prd_review_aspects as said
where said.run_key in (select last_key from last_run)
    and said.product_key in (select wanted_key from wanted_products)
group by aspect
order by mention_count desc, aspect
limit {limit:UInt32}
