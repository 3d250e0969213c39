-- Cancels orders whose time to pay has passed, oldest first; returns how many. A payment that arrives later is refunded.
create or replace function store.expire_unpaid_orders()
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_order_id bigint;
    v_count integer := 0;
begin
    for v_order_id in
        select orders.order_id from orders cross join settings
        where orders.status = 'created' and orders.placed_at < clock_timestamp() - make_interval(mins => settings.payment_minutes)
        order by orders.order_id
        for update of orders skip locked
    loop
        perform cancel_order(v_order_id, 'not paid in time');
        v_count := v_count + 1;
    end loop;
    return v_count;
end
$$;
