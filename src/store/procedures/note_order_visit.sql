-- Keeps the visit an order was placed in, of a shopper who agreed to be counted; the first word counts.
create or replace function store.note_order_visit(p_order_id bigint, p_visitor_id text, p_session_id text)
returns void
language sql volatile set search_path = store, pg_temp
as $$
    insert into order_visits (order_id, visitor_id, session_id)
    values (p_order_id, p_visitor_id, p_session_id)
    on conflict (order_id) do nothing;
$$;
