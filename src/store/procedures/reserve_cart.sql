-- Keeps stock for a cart's lines until the shop's reservation time has passed, as far as stock is there; called whenever the
-- cart changes.
create or replace function store.reserve_cart(p_cart_id bigint)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
begin
    perform lock_articles(array[]::bigint[], p_cart_id);
    delete from reservations where cart_id = p_cart_id;
    insert into reservations (cart_id, article_id, quantity, expires_at)
    select
        p_cart_id,
        parts.article_id,
        least(parts.quantity, available_quantity(parts.article_id, p_cart_id)),
        clock_timestamp() + make_interval(mins => settings.reservation_minutes)
    from (
        select array_agg(article_id) as ids, array_agg(quantity) as quantities
        from cart_items where cart_id = p_cart_id
    ) as lines
    cross join lateral components_of(lines.ids, lines.quantities) as parts
    cross join settings
    where lines.ids is not null and available_quantity(parts.article_id, p_cart_id) > 0;
    update carts set last_active_at = clock_timestamp(), abandoned_at = null where cart_id = p_cart_id;
end
$$;
