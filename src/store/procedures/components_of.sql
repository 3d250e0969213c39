-- What selling articles takes out of stock: the articles themselves, or for bundles their components, summed over lines.
create or replace function store.components_of(p_article_ids bigint[], p_quantities integer[])
returns table (article_id bigint, quantity integer)
language sql stable set search_path = store, pg_temp
as $$
    select
        coalesce(bundle_items.component_id, wanted.article_id) as article_id,
        sum(wanted.quantity * coalesce(bundle_items.quantity, 1))::integer as quantity
    from unnest(p_article_ids, p_quantities) as wanted (article_id, quantity)
    left join bundle_items on bundle_items.bundle_id = wanted.article_id
    group by 1
    order by 1
$$;
