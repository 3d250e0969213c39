-- Opens another charge for an order whose last one failed; returns the charge under way or done when there is one.
create or replace function store.retry_payment(p_order_id bigint, p_method text default 'card')
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_payment_id bigint;
begin
    perform 1 from orders where order_id = p_order_id and status = 'created' for update;
    if not found then
        raise exception 'order % does not wait for a payment', p_order_id using errcode = 'EC409', hint = 'look at the order''s status';
    end if;
    select payment_id into v_payment_id from payments where order_id = p_order_id and kind = 'charge' and status <> 'failed';
    if v_payment_id is null then
        insert into payments (order_id, kind, amount_minor, method)
        select order_id, 'charge', total_minor, p_method from orders where order_id = p_order_id
        returning payment_id into v_payment_id;
    end if;
    return v_payment_id;
end
$$;
