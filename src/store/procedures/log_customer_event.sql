-- Writes down one interaction of a visitor, in the partition of its month; returns its id. An id that is known changes nothing.
create or replace function store.log_customer_event(p_event jsonb)
returns uuid
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_event_id uuid := coalesce((p_event ->> 'event_id')::uuid, gen_random_uuid());
    v_at timestamptz := coalesce((p_event ->> 'happened_at')::timestamptz, clock_timestamp());
begin
    insert into events (event_id, happened_at, event_type, visitor_id, session_id, customer_id, article_id, order_id, quantity, price_minor, channel, details)
    values (
        v_event_id, v_at, p_event ->> 'event_type', p_event ->> 'visitor_id', p_event ->> 'session_id',
        (p_event ->> 'customer_id')::bigint, (p_event ->> 'article_id')::bigint, (p_event ->> 'order_id')::bigint,
        coalesce((p_event ->> 'quantity')::integer, 1),
        coalesce((p_event ->> 'price_minor')::bigint, (select price_minor from articles where article_id = (p_event ->> 'article_id')::bigint)),
        coalesce(p_event ->> 'channel', ''), coalesce(p_event -> 'details', '{}')
    )
    on conflict do nothing;
    return v_event_id;
end
$$;
