-- Customers, categories, reviews and events that change are sent on their way to the warehouse. What only keeps time
-- (updated_at, last_active_at) is no change.
create or replace function store.note_row_change()
returns trigger
language plpgsql set search_path = store, pg_temp
as $$
declare
    v_new jsonb := to_jsonb(new) - 'updated_at' - 'last_active_at' - 'password_hash';
begin
    if tg_op = 'INSERT' or v_new is distinct from to_jsonb(old) - 'updated_at' - 'last_active_at' - 'password_hash' then
        perform note_change(tg_argv[0], v_new ->> tg_argv[1]);
    end if;
    return null;
end
$$;

create or replace trigger note_row_change after insert or update on store.customers
    for each row execute function store.note_row_change('customer', 'customer_id');
create or replace trigger note_row_change after insert or update on store.categories
    for each row execute function store.note_row_change('category', 'category_id');
create or replace trigger note_row_change after insert or update on store.reviews
    for each row execute function store.note_row_change('review', 'review_id');
create or replace trigger note_row_change after insert on store.events
    for each row execute function store.note_row_change('event', 'event_id');
