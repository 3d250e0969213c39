-- A category cannot stand below itself. The tree is locked while it is changed, so that two moves cannot make a cycle together.
create or replace function store.refuse_category_cycle()
returns trigger
language plpgsql set search_path = store, pg_temp
as $$
begin
    if new.parent_id is null then
        return new;
    end if;
    perform pg_advisory_xact_lock(hashtext('store.categories'));
    if exists (
        with recursive ancestors as (
            select category_id, parent_id from categories where category_id = new.parent_id
            union
            select parent.category_id, parent.parent_id
            from categories as parent
            join ancestors on parent.category_id = ancestors.parent_id
        )
        select from ancestors where category_id = new.category_id
    ) then
        raise exception 'category % cannot stand below %, which is one of its own descendants', new.category_id, new.parent_id
            using errcode = 'EC409', hint = 'choose a parent outside of the category''s own branch';
    end if;
    return new;
end
$$;

create or replace trigger refuse_category_cycle before insert or update of parent_id on store.categories
    for each row execute function store.refuse_category_cycle();
