-- Grain: one approved review.
create or replace view store.v_out_reviews as
select
    reviews.review_id::text as subject_id,
    'S-' || reviews.review_id as review_id,
    articles.sku as product_id,
    'S-' || reviews.customer_id as customer_id,
    store.utc_text(reviews.created_at) as reviewed_at,
    reviews.rating,
    reviews.title,
    reviews.body
from store.reviews
join store.articles using (article_id)
where reviews.status = 'approved';
