-- Cancels an order that has not been shipped: its stock comes back, its coupon may be used again, and what was paid is
-- refunded. Cancelling twice changes nothing.
create or replace function store.cancel_order(p_order_id bigint, p_note text default '')
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_order orders%rowtype;
    v_part record;
begin
    select orders.* into v_order from orders where order_id = p_order_id for update;
    if not found then
        raise exception 'there is no order %', p_order_id using errcode = 'EC404', hint = 'list the orders for their ids';
    end if;
    if v_order.status = 'cancelled' then
        return;
    end if;
    update orders set status = 'cancelled', cancelled_at = clock_timestamp() where order_id = p_order_id;
    for v_part in
        select article_id, -sum(quantity)::integer as quantity
        from stock_movements where order_id = p_order_id
        group by article_id having sum(quantity) <> 0
        order by article_id
    loop
        perform move_stock(v_part.article_id, v_part.quantity, 'cancellation', p_order_id, p_note);
    end loop;
    if v_order.coupon_code is not null then
        update coupons set use_count = use_count - 1 where code = v_order.coupon_code and use_count > 0;
    end if;
    insert into payments (order_id, kind, amount_minor, method)
    select order_id, 'refund', amount_minor, method
    from payments where order_id = p_order_id and kind = 'charge' and status = 'succeeded';
    perform note_change('order', p_order_id::text);
end
$$;
