-- Units of an article that a cart may have: stock minus what is kept for other carts; for a bundle, how many its scarcest
-- component allows.
create or replace function store.available_quantity(p_article_id bigint, p_cart_id bigint default null)
returns integer
language sql stable set search_path = store, pg_temp
as $$
    select coalesce(min(greatest(0, articles.stock_quantity - coalesce(kept.quantity, 0)) / parts.quantity), 0)::integer
    from components_of(array[p_article_id], array[1]) as parts
    join articles on articles.article_id = parts.article_id
    left join lateral (
        select sum(reservations.quantity) as quantity
        from reservations
        where
            reservations.article_id = parts.article_id
            and reservations.expires_at > clock_timestamp()
            and reservations.cart_id is distinct from p_cart_id
    ) as kept on true
$$;
