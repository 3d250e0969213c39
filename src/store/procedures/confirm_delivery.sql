-- The warehouse has a delivery: its rows go. Confirming twice changes nothing.
create or replace function store.confirm_delivery(p_delivery_id bigint)
returns void
language sql volatile set search_path = store, pg_temp
as $$
    delete from outbox where delivery_id = p_delivery_id;
    update deliveries set confirmed_at = clock_timestamp() where delivery_id = p_delivery_id and confirmed_at is null;
$$;
