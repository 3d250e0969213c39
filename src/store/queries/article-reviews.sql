-- Approved reviews of an article, newest first; writers by the first word of their name.
select
    reviews.review_id, reviews.rating, reviews.title, reviews.body, reviews.sentiment, reviews.is_verified,
    split_part(customers.name, ' ', 1) as writer, reviews.created_at
from store.reviews
join store.customers using (customer_id)
where
    reviews.article_id = {article_id:bigint} and reviews.status = 'approved'
    and ({after_id:bigint} is null or reviews.review_id < {after_id:bigint})
order by reviews.review_id desc
limit {most:integer}
