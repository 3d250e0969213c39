-- Puts a thing that has changed on its way to the warehouse; several changes before the next delivery are one row.
create or replace function store.note_change(p_topic text, p_subject_id text)
returns void
language sql volatile set search_path = store, pg_temp
as $$
    insert into outbox (topic, subject_id)
    values (p_topic, p_subject_id)
    on conflict (topic, subject_id) where delivery_id is null do update set changed_at = clock_timestamp();
$$;
