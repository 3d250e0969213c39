-- Whatever a customer does keeps them active: last_active_at follows, at most once a minute.
create or replace function store.note_activity()
returns trigger
language plpgsql set search_path = store, pg_temp
as $$
begin
    if new.customer_id is not null then
        update customers set last_active_at = clock_timestamp(), is_active = true
        where customer_id = new.customer_id and (last_active_at < clock_timestamp() - interval '1 minute' or not is_active);
    end if;
    return null;
end
$$;

create or replace trigger note_activity after insert on store.orders
    for each row execute function store.note_activity();
create or replace trigger note_activity after insert on store.reviews
    for each row execute function store.note_activity();
create or replace trigger note_activity after insert on store.wishlist_items
    for each row execute function store.note_activity();
create or replace trigger note_activity after insert on store.events
    for each row execute function store.note_activity();
