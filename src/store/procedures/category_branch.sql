-- A category, by its slug, with all below it; no row for an unknown slug.
create or replace function store.category_branch(p_slug text)
returns table (category_id bigint)
language sql stable set search_path = store, pg_temp
as $$
    with recursive branch as (
        select categories.category_id from categories where categories.slug = p_slug
        union
        select categories.category_id from categories join branch on categories.parent_id = branch.category_id
    )
    select branch.category_id from branch
$$;
