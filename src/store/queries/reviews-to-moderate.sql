-- The moderation queue, the oldest first.
select
    reviews.review_id, reviews.article_id, articles.name as article_name, reviews.rating, reviews.suggested_rating, reviews.title, reviews.body,
    reviews.sentiment, reviews.is_verified, reviews.created_at
from store.reviews
join store.articles using (article_id)
where reviews.status = 'pending'
order by reviews.created_at, reviews.review_id
limit {most:integer}
