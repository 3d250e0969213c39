-- Grain: one article with approved reviews: how many, their stars, how they sound.
create or replace view store.v_review_sentiment as
select
    article_id,
    count(*) as review_count,
    avg(rating) as mean_rating,
    avg(sentiment) as mean_sentiment,
    avg((sentiment >= 0.2)::integer) as positive_rate,
    avg((sentiment <= -0.2)::integer) as negative_rate
from store.reviews
where status = 'approved'
group by article_id;
