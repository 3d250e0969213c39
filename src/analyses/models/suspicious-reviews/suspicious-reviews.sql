-- One row per review that the last run of the model review-sentiment flagged, {product_id:String} alone where it is not empty: the first {limit:UInt32} by product
-- id, day (shop time zone {time_zone:String}, unknown first), batch and row. Reviews of batches undone since are left out. No row before the first training.
with

told as (

    select
        batch_key,
        source_row,
        review_id,
        customer_key,
        if(isNull(reviewed_at), null, toDate(assumeNotNull(reviewed_at), {time_zone:String})) as told_on,
        rating,
        leftUTF8(arrayStringConcat(arrayFilter(part -> part != '', [title, body]), ': '), 300) as told_text
    from person_reviews
    where batch_key in (select batch_key from live_batches)

)

select
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    nullIf(told.review_id, '') as review_id,
    nullIf(people.customer_id, '') as customer_id,
    told.told_on as reviewed_on,
    told.rating as rating,
    flags.reasons as reasons,
    told.told_text as review_text,
    nullIf(others.told_text, '') as repeated_text
from prd_review_flags as flags
inner join told on flags.batch_key = told.batch_key and flags.source_row = told.source_row
left any join told as others on flags.like_batch_key = others.batch_key and flags.like_source_row = others.source_row
left any join dim_product as products on flags.product_key = products.product_key
left any join dim_customer as people on told.customer_key = people.customer_key
where flags.run_key in (select max(run_key) from ops_model_runs where model = 'review-sentiment')
    and (
        {product_id:String} = ''
        or flags.product_key in (select product_key from dim_product where product_id = {product_id:String})
    )
order by product_id, ifNull(reviewed_on, toDate(0)), flags.batch_key, flags.source_row
limit {limit:UInt32}
