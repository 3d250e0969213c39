-- A shipped order has arrived.
create or replace function store.deliver_order(p_order_id bigint)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
begin
    update orders set status = 'delivered', delivered_at = clock_timestamp() where order_id = p_order_id;
    if not found then
        raise exception 'there is no order %', p_order_id using errcode = 'EC404', hint = 'list the orders for their ids';
    end if;
    perform note_change('order', p_order_id::text);
end
$$;
