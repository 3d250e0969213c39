-- A bundle is made of articles that are no bundles themselves, so that its stock is found in one step.
create or replace function store.refuse_nested_bundle()
returns trigger
language plpgsql set search_path = store, pg_temp
as $$
begin
    perform pg_advisory_xact_lock(hashtext('store.bundle_items'));
    if exists (select from bundle_items where bundle_id = new.component_id)
        or exists (select from bundle_items where component_id = new.bundle_id) then
        raise exception 'article % cannot be part of bundle %: a bundle cannot hold a bundle', new.component_id, new.bundle_id
            using errcode = 'EC409', hint = 'put the parts of the inner bundle into the outer one';
    end if;
    return new;
end
$$;

create or replace trigger refuse_nested_bundle before insert or update on store.bundle_items
    for each row execute function store.refuse_nested_bundle();
