-- Adds a category below a parent (by slug; null for a root), or renames and moves the one with this slug. Returns the category.
create or replace function store.save_category(p_slug text, p_name text, p_parent text default null, p_position integer default 0)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_parent_id bigint;
    v_category_id bigint;
begin
    if p_parent is not null then
        select category_id into v_parent_id from categories where slug = p_parent;
        if v_parent_id is null then
            raise exception 'there is no category %', p_parent using errcode = 'EC404', hint = 'save the parent first';
        end if;
    end if;
    insert into categories (slug, name, parent_id, position) values (p_slug, p_name, v_parent_id, p_position)
    on conflict (slug) do update set name = excluded.name, parent_id = excluded.parent_id, position = excluded.position
    returning category_id into v_category_id;
    return v_category_id;
end
$$;
