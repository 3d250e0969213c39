-- One row per review with a text that was written before {cutoff:Date} (shop time zone {time_zone:String}) or on an unknown day (reviewed_on empty), by product, batch
-- and row; reviews of undone batches left out. rating is 0 where none was given.
select
    toString(reviews.product_key) as product_key,
    reviews.batch_key as batch_key,
    toString(reviews.source_row) as source_row,
    if(isNull(reviews.reviewed_at), '', toString(toDate(assumeNotNull(reviews.reviewed_at), {time_zone:String}))) as reviewed_on,
    concat(reviews.title, '\n', reviews.body) as review_text,
    ifNull(reviews.rating, 0) as rating
from stg_reviews as reviews
where reviews.batch_key in (select batch_key from live_batches)
    and (reviews.title != '' or reviews.body != '')
    and (isNull(reviews.reviewed_at) or toDate(reviews.reviewed_at, {time_zone:String}) < {cutoff:Date})
order by reviews.product_key, reviews.batch_key, reviews.source_row
