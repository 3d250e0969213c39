-- $1 seed. One delivered line in eight is reviewed; the words fit the stars.
insert into store.reviews (article_id, customer_id, rating, suggested_rating, title, body, sentiment, is_verified, status, created_at, updated_at)
select article_id, customer_id, rating, store.suggest_rating(sentiment), '', body, sentiment, true, 'approved', at, at
from (
    select written.*, store.analyze_sentiment(body) as sentiment
    from (
        select distinct on (order_items.article_id, orders.customer_id)
            order_items.article_id,
            orders.customer_id,
            drawn.rating,
            orders.delivered_at + interval '5 days' as at,
            (case drawn.rating
                when 5 then array['I love it. Great quality and very comfortable.', 'Perfect fit, beautiful colour, I recommend it.', 'Excellent. Soft, warm and true to size.']
                when 4 then array['Nice and comfortable, good value.', 'Good quality. A little long, but I like it.', 'Pretty and well made.']
                when 3 then array['It is okay for the price.', 'Fine, but the colour is a bit plain.', 'Decent. Not what I expected, not bad.']
                when 2 then array['Disappointing. The fabric is thin and it feels cheap.', 'Too tight and a bit itchy. I returned it.', 'Poor stitching.']
                else array['Terrible. It ripped after a week.', 'Awful quality, a waste of money.', 'I hate it. Ugly, and it smelled bad.']
            end)[1 + floor(3 * store.seed_random($1, 'words', order_items.order_item_id))::integer] as body
        from store.order_items
        join store.orders using (order_id)
        cross join lateral (
            select case
                when store.seed_random($1, 'stars', order_items.order_item_id) < 0.52 then 5
                when store.seed_random($1, 'stars', order_items.order_item_id) < 0.74 then 4
                when store.seed_random($1, 'stars', order_items.order_item_id) < 0.85 then 3
                when store.seed_random($1, 'stars', order_items.order_item_id) < 0.93 then 2
                else 1
            end as rating
        ) as drawn
        where orders.status in ('delivered', 'returned') and orders.idempotency_key like 'seed-%' and store.seed_random($1, 'reviews', order_items.order_item_id) < 0.125
        order by order_items.article_id, orders.customer_id, order_items.order_item_id
    ) as written
) as heard
on conflict (article_id, customer_id) do nothing;
