-- Asks to send back units of a shipped or delivered order: a JSON list of {"order_item_id", "quantity"}. Units already
-- returned, or asked back, cannot be returned again. Refunds are the line's price after its discount, in whole minor units
-- such that all units together give the line's value exactly. Returns the return.
create or replace function store.request_return(p_order_id bigint, p_items jsonb, p_reason text default '')
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_return_id bigint;
    v_item record;
    v_before integer;
begin
    perform 1 from orders where order_id = p_order_id and status in ('shipped', 'delivered') for update;
    if not found then
        raise exception 'order % cannot be returned', p_order_id using errcode = 'EC409', hint = 'only what has been shipped can be returned';
    end if;
    insert into returns (order_id, reason) values (p_order_id, p_reason) returning return_id into v_return_id;
    for v_item in
        select given.quantity, given.order_item_id, order_items.quantity as bought,
            order_items.quantity * order_items.unit_price_minor - order_items.discount_minor as worth_minor,
            order_items.order_id
        from jsonb_to_recordset(p_items) as given (order_item_id bigint, quantity integer)
        left join order_items on order_items.order_item_id = given.order_item_id
        order by given.order_item_id
    loop
        if v_item.order_id is distinct from p_order_id then
            raise exception 'line % is not of order %', v_item.order_item_id, p_order_id using errcode = 'EC404', hint = 'read the order''s lines again';
        end if;
        select coalesce(sum(return_items.quantity), 0) into v_before
        from return_items join returns using (return_id)
        where return_items.order_item_id = v_item.order_item_id and returns.status <> 'refused';
        if v_item.quantity is null or v_item.quantity < 1 or v_before + v_item.quantity > v_item.bought then
            raise exception 'line % has % units left to return, and % are asked back', v_item.order_item_id, v_item.bought - v_before, v_item.quantity
                using errcode = 'EC422', hint = 'lower the quantity';
        end if;
        insert into return_items (return_id, order_item_id, quantity, refund_minor)
        values (
            v_return_id, v_item.order_item_id, v_item.quantity,
            v_item.worth_minor * (v_before + v_item.quantity) / v_item.bought - v_item.worth_minor * v_before / v_item.bought
        );
    end loop;
    if not exists (select from return_items where return_id = v_return_id) then
        raise exception 'a return needs at least one line' using errcode = 'EC400', hint = 'choose what to send back';
    end if;
    perform note_change('return', v_return_id::text);
    return v_return_id;
end
$$;
