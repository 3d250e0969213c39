-- Cancels an order that has not been shipped: its stock comes back, its coupon may be used again, and what was paid is
-- refunded. Cancelling twice changes nothing.
create or replace function store.cancel_order(p_order_id bigint, p_note text default '')
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_order orders%rowtype;
    v_article_ids bigint[];
    v_quantities integer[];
begin
    select orders.* into v_order from orders where order_id = p_order_id for update;
    if not found then
        raise exception 'there is no order %', p_order_id using errcode = 'EC404', hint = 'list the orders for their ids';
    end if;
    if v_order.status = 'cancelled' then
        return;
    end if;
    update orders set status = 'cancelled', cancelled_at = clock_timestamp() where order_id = p_order_id;
    select coalesce(array_agg(article_id), '{}'), coalesce(array_agg(-quantity), '{}') into v_article_ids, v_quantities
    from (
        select article_id, sum(quantity)::integer as quantity
        from stock_movements where order_id = p_order_id
        group by article_id having sum(quantity) <> 0
    ) as taken;
    perform move_stocks(v_article_ids, v_quantities, 'cancellation', p_order_id, p_note);
    if v_order.coupon_code is not null then
        update coupons set use_count = use_count - 1 where code = v_order.coupon_code and use_count > 0;
    end if;
    insert into payments (order_id, kind, amount_minor, method)
    select order_id, 'refund', amount_minor, method
    from payments where order_id = p_order_id and kind = 'charge' and status = 'succeeded';
    perform note_change('order', p_order_id::text);
end
$$;
