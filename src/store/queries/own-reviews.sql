-- A customer's reviews, newest first, with what the desk has said of each.
select
    reviews.review_id, reviews.article_id, articles.name as article_name, reviews.rating, reviews.title, reviews.body,
    reviews.status, reviews.created_at
from store.reviews
join store.articles using (article_id)
where reviews.customer_id = {customer_id:bigint}
order by reviews.review_id desc
limit {most:integer}
