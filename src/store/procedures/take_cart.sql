-- Moves a cart's lines into an order: what others have reserved is respected, and stock is taken once.
create or replace function store.take_cart(p_order_id bigint, p_cart_id bigint)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_ids bigint[];
    v_quantities integer[];
    v_part record;
    v_available integer;
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
    for v_part in
        select parts.article_id, parts.quantity, articles.name
        from components_of(v_ids, v_quantities) as parts
        join articles on articles.article_id = parts.article_id
        order by parts.article_id
    loop
        v_available := available_quantity(v_part.article_id, p_cart_id);
        if v_available < v_part.quantity then
            raise exception 'article % (%) has % available, and % are wanted', v_part.article_id, v_part.name, v_available, v_part.quantity
                using errcode = 'EC422', hint = 'lower the quantity, or put it on the wishlist to hear when it is back';
        end if;
        perform move_stock(v_part.article_id, -v_part.quantity, 'sale', p_order_id);
    end loop;
    insert into order_items (order_id, article_id, quantity, unit_price_minor, unit_cost_minor)
    select p_order_id, articles.article_id, cart_items.quantity, articles.price_minor, articles.cost_minor
    from cart_items
    join articles using (article_id)
    where cart_items.cart_id = p_cart_id
    order by articles.article_id;
end
$$;
