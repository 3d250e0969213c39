-- Accepts a return (stock comes back, a refund is asked of the provider, the order is returned once nothing is left of it)
-- or refuses it. Deciding twice the same way changes nothing.
create or replace function store.decide_return(p_return_id bigint, p_is_accepted boolean)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_return returns%rowtype;
    v_wanted text := case when p_is_accepted then 'accepted' else 'refused' end;
begin
    perform 1 from orders where order_id = (select order_id from returns where return_id = p_return_id) for update;
    select returns.* into v_return from returns where return_id = p_return_id for update;
    if not found then
        raise exception 'there is no return %', p_return_id using errcode = 'EC404', hint = 'list the returns for their ids';
    end if;
    if v_return.status = v_wanted then
        return;
    end if;
    if v_return.status <> 'requested' then
        raise exception 'return % is % already', p_return_id, v_return.status using errcode = 'EC409', hint = 'a decision stands';
    end if;
    update returns set status = v_wanted, decided_at = clock_timestamp() where return_id = p_return_id;
    if p_is_accepted then
        update order_items set returned_quantity = returned_quantity + return_items.quantity
        from return_items
        where return_items.return_id = p_return_id and return_items.order_item_id = order_items.order_item_id;
        perform move_stocks(array_agg(parts.article_id), array_agg(parts.quantity), 'return', v_return.order_id)
        from (
            select array_agg(order_items.article_id) as ids, array_agg(return_items.quantity) as quantities
            from return_items join order_items using (order_item_id)
            where return_items.return_id = p_return_id
        ) as lines
        cross join lateral components_of(lines.ids, lines.quantities) as parts;
        insert into payments (order_id, kind, amount_minor, method, return_id)
        select v_return.order_id, 'refund', sum(return_items.refund_minor), 'card', p_return_id
        from return_items where return_items.return_id = p_return_id;
        if not exists (select from order_items where order_id = v_return.order_id and returned_quantity < quantity) then
            update orders set status = 'returned' where order_id = v_return.order_id;
        end if;
    end if;
    perform note_change('return', p_return_id::text);
    perform note_change('order', v_return.order_id::text);
end
$$;
