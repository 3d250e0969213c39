-- A customer's review of an article; a second one replaces the first and is moderated anew. Without a rating the suggested
-- one is taken. Verified when they have a paid order with the article. Returns the review.
create or replace function store.insert_review(p_customer_id bigint, p_article_id bigint, p_rating integer, p_title text, p_body text)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_sentiment numeric := analyze_sentiment(p_title || '. ' || p_body);
    v_review_id bigint;
begin
    if p_rating is not null and p_rating not between 1 and 5 then
        raise exception 'a rating is 1 to 5 stars, got %', p_rating using errcode = 'EC400', hint = 'choose 1 to 5';
    end if;
    perform 1 from articles where article_id = p_article_id;
    if not found then
        raise exception 'there is no article %', p_article_id using errcode = 'EC404', hint = 'choose another article';
    end if;
    insert into reviews (article_id, customer_id, rating, suggested_rating, title, body, sentiment, is_verified)
    values (
        p_article_id, p_customer_id, coalesce(p_rating, suggest_rating(v_sentiment)), suggest_rating(v_sentiment), p_title, p_body, v_sentiment,
        exists (
            select from order_items join orders using (order_id)
            where orders.customer_id = p_customer_id and order_items.article_id = p_article_id
                and orders.status in ('paid', 'shipped', 'delivered', 'returned')
        )
    )
    on conflict (article_id, customer_id) do update
    set rating = excluded.rating, suggested_rating = excluded.suggested_rating, title = excluded.title, body = excluded.body,
        sentiment = excluded.sentiment, is_trained_sentiment = false, is_verified = excluded.is_verified, status = 'pending'
    returning review_id into v_review_id;
    return v_review_id;
end
$$;
