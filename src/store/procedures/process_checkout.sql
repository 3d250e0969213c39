-- Turns an open cart into an order waiting to be paid: takes the stock once, applies the coupon, computes shipping and tax,
-- opens the charge. The same key gives the same order and charge again, however often and however much at once. Everything
-- or nothing: a line that cannot be served refuses the whole, naming the article.
create or replace function store.process_checkout(
    p_cart_id bigint,
    p_customer_id bigint,
    p_idempotency_key text,
    p_address jsonb,
    p_coupon_code text default null,
    p_method text default 'card',
    p_channel text default 'store'
)
returns table (order_id bigint, payment_id bigint, total_minor bigint, status text, payment_status text)
language plpgsql volatile set search_path = store, pg_temp
as $$
#variable_conflict use_column
declare
    v_order_id bigint;
begin
    -- One after the other for one key: the second finds what the first has made.
    perform pg_advisory_xact_lock(hashtextextended(p_idempotency_key, 0));
    select orders.order_id into v_order_id from orders where orders.idempotency_key = p_idempotency_key;
    if v_order_id is not null and not exists (select from orders where orders.order_id = v_order_id and orders.customer_id = p_customer_id) then
        raise exception 'the key of this order belongs to another customer' using errcode = 'EC409', hint = 'use a new random key for each order';
    end if;
    if v_order_id is null then
        perform 1 from carts
        where
            carts.cart_id = p_cart_id and carts.status = 'open'
            and (carts.customer_id = p_customer_id or carts.customer_id is null)
        for update;
        if not found then
            raise exception 'cart % is not open', p_cart_id using errcode = 'EC409', hint = 'look at your orders: it may have been ordered already';
        end if;
        if not exists (select from cart_items where cart_items.cart_id = p_cart_id) then
            raise exception 'cart % is empty', p_cart_id using errcode = 'EC422', hint = 'put something into it first';
        end if;
        v_order_id := create_order(p_customer_id, p_idempotency_key, p_address, p_channel, p_cart_id);
        perform use_coupon(v_order_id, p_coupon_code, p_cart_id);
        perform take_cart(v_order_id, p_cart_id);
        perform recalculate_order_total(v_order_id);
        insert into payments (order_id, kind, amount_minor, method)
        select orders.order_id, 'charge', orders.total_minor, p_method from orders where orders.order_id = v_order_id;
        update carts set status = 'ordered', abandoned_at = null where carts.cart_id = p_cart_id;
        delete from reservations where reservations.cart_id = p_cart_id;
        perform note_change('order', v_order_id::text);
    end if;
    return query
    select orders.order_id, payments.payment_id, orders.total_minor, orders.status, payments.status
    from orders
    join payments on payments.order_id = orders.order_id and payments.kind = 'charge'
    where orders.order_id = v_order_id
    order by payments.payment_id desc
    limit 1;
end
$$;
