-- Keeps updated_at at the time of the last change.
create or replace function store.touch_updated_at()
returns trigger
language plpgsql set search_path = store, pg_temp
as $$
begin
    new.updated_at := now();
    return new;
end
$$;

create or replace trigger touch_updated_at before update on store.customers
    for each row execute function store.touch_updated_at();
create or replace trigger touch_updated_at before update on store.categories
    for each row execute function store.touch_updated_at();
create or replace trigger touch_updated_at before update on store.articles
    for each row execute function store.touch_updated_at();
create or replace trigger touch_updated_at before update on store.carts
    for each row execute function store.touch_updated_at();
create or replace trigger touch_updated_at before update on store.orders
    for each row execute function store.touch_updated_at();
create or replace trigger touch_updated_at before update on store.reviews
    for each row execute function store.touch_updated_at();
