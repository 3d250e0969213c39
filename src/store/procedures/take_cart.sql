-- Moves a cart's lines into an order: what others have reserved is respected, and stock is taken once.
create or replace function store.take_cart(p_order_id bigint, p_cart_id bigint)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_ids bigint[];
    v_quantities integer[];
    v_part record;
    v_part_ids bigint[] := '{}';
    v_taken integer[] := '{}';
begin
    select array_agg(article_id order by article_id), array_agg(quantity order by article_id)
    into v_ids, v_quantities
    from cart_items where cart_id = p_cart_id;
    perform lock_articles(v_ids);
    for v_part in
        select articles.article_id, articles.name from articles
        where articles.article_id = any (v_ids) and not articles.is_active
    loop
        raise exception 'article % (%) is not for sale any more', v_part.article_id, v_part.name
            using errcode = 'EC422', hint = 'take it out of the cart';
    end loop;
    -- Every part is an article of its own here, never a bundle: what others have reserved is kept for them.
    for v_part in
        select
            parts.article_id, parts.quantity, articles.name,
            greatest(0, articles.stock_quantity - coalesce(kept.quantity, 0)) as available
        from components_of(v_ids, v_quantities) as parts
        join articles on articles.article_id = parts.article_id
        left join lateral (
            select sum(reservations.quantity) as quantity
            from reservations
            where
                reservations.article_id = parts.article_id
                and reservations.expires_at > clock_timestamp()
                and reservations.cart_id <> p_cart_id
        ) as kept on true
        order by parts.article_id
    loop
        if v_part.available < v_part.quantity then
            raise exception 'article % (%) has % available, and % are wanted', v_part.article_id, v_part.name, v_part.available, v_part.quantity
                using errcode = 'EC422', hint = 'lower the quantity, or put it on the wishlist to hear when it is back';
        end if;
        v_part_ids := v_part_ids || v_part.article_id;
        v_taken := v_taken || -v_part.quantity;
    end loop;
    perform move_stocks(v_part_ids, v_taken, 'sale', p_order_id);
    insert into order_items (order_id, article_id, quantity, unit_price_minor, unit_cost_minor)
    select p_order_id, articles.article_id, cart_items.quantity, articles.price_minor, articles.cost_minor
    from cart_items
    join articles using (article_id)
    where cart_items.cart_id = p_cart_id
    order by articles.article_id;
end
$$;
