-- available_quantity of many articles at once, for lists: one row an article, bundles by their scarcest component.
create or replace function store.available_quantities(p_article_ids bigint[])
returns table (article_id bigint, quantity integer)
language sql stable set search_path = store, pg_temp
as $$
    with parts as (
        select
            wanted.article_id,
            coalesce(bundle_items.component_id, wanted.article_id) as part_id,
            coalesce(bundle_items.quantity, 1) as quantity
        from unnest(p_article_ids) as wanted (article_id)
        left join bundle_items on bundle_items.bundle_id = wanted.article_id
    )
    select
        parts.article_id,
        min(greatest(0, articles.stock_quantity - coalesce(kept.quantity, 0)) / parts.quantity)::integer
    from parts
    join articles on articles.article_id = parts.part_id
    left join lateral (
        select sum(reservations.quantity) as quantity
        from reservations
        where reservations.article_id = parts.part_id and reservations.expires_at > clock_timestamp()
    ) as kept on true
    group by parts.article_id
$$;
