-- One row: approved reviews of an article by stars, how many are by buyers, and how they sound (0.2 and more praise, -0.2 and
-- less complaint); the mean is null without any.
select
    count(*) as review_count,
    avg(reviews.rating) as mean_rating,
    count(*) filter (where reviews.rating = 1) as one_star_count,
    count(*) filter (where reviews.rating = 2) as two_star_count,
    count(*) filter (where reviews.rating = 3) as three_star_count,
    count(*) filter (where reviews.rating = 4) as four_star_count,
    count(*) filter (where reviews.rating = 5) as five_star_count,
    count(*) filter (where reviews.is_verified) as verified_count,
    count(*) filter (where reviews.sentiment >= 0.2) as positive_count,
    count(*) filter (where reviews.sentiment <= -0.2) as negative_count
from store.reviews
where reviews.article_id = {article_id:bigint} and reviews.status = 'approved'
