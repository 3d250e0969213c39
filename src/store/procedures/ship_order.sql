-- A paid order leaves the house; its tracking code goes to the customer.
create or replace function store.ship_order(p_order_id bigint, p_tracking_code text default '')
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
begin
    update orders set status = 'shipped', shipped_at = clock_timestamp(), tracking_code = p_tracking_code where order_id = p_order_id;
    if not found then
        raise exception 'there is no order %', p_order_id using errcode = 'EC404', hint = 'list the orders for their ids';
    end if;
    perform note_change('order', p_order_id::text);
end
$$;
