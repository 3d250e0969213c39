-- Locks the articles whose stock a sale of these would take, and those an open cart holds, in the order of their ids: whoever
-- needs several locks takes them here, at once, so that nobody waits in a circle.
create or replace function store.lock_articles(p_article_ids bigint[], p_cart_id bigint default null)
returns void
language sql volatile set search_path = store, pg_temp
as $$
    select 1 from articles
    where article_id in (
        select coalesce(bundle_items.component_id, wanted.article_id)
        from (
            select unnest(p_article_ids) as article_id
            union
            select article_id from cart_items where cart_id = p_cart_id
        ) as wanted
        left join bundle_items on bundle_items.bundle_id = wanted.article_id
    )
    order by article_id for update;
$$;
