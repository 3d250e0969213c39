-- Marks open carts with lines that have been idle for p_idle_hours; returns how many were newly marked. Who gets a mail is for a
-- mailing to say (mail_abandoned_carts), so that some get none.
create or replace function store.detect_abandoned_carts(p_idle_hours integer default 24)
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_count integer;
begin
    update carts set abandoned_at = clock_timestamp()
    where
        status = 'open'
        and abandoned_at is null
        and last_active_at < clock_timestamp() - make_interval(hours => p_idle_hours)
        and exists (select from cart_items where cart_items.cart_id = carts.cart_id);
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
