-- Marks open carts with lines that have been idle for p_idle_hours and queues a mail to those whose address is known;
-- returns how many were newly marked.
create or replace function store.detect_abandoned_carts(p_idle_hours integer default 24)
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_count integer;
begin
    with marked as (
        update carts set abandoned_at = clock_timestamp()
        where
            status = 'open'
            and abandoned_at is null
            and last_active_at < clock_timestamp() - make_interval(hours => p_idle_hours)
            and exists (select from cart_items where cart_items.cart_id = carts.cart_id)
        returning cart_id, customer_id
    ),
    mailed as (
        insert into mails (recipient, template, details)
        select customers.email, 'abandoned_cart', jsonb_build_object('cart_id', marked.cart_id)
        from marked
        join customers using (customer_id)
        where customers.is_active
    )
    select count(*) into v_count from marked;
    return v_count;
end
$$;
