-- Checkout without an account: process_checkout for a guest opened for this order. The same key from the holder of the same
-- cart gives the same order again; no second guest is made for it.
create or replace function store.checkout_as_guest(
    p_cart_id bigint,
    p_email text,
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
    v_customer_id bigint;
begin
    perform pg_advisory_xact_lock(hashtextextended(p_idempotency_key, 0));
    select orders.customer_id into v_customer_id from orders
    where orders.idempotency_key = p_idempotency_key and orders.cart_id = p_cart_id;
    if not found then
        v_customer_id := open_guest(p_email, coalesce(p_address ->> 'recipient', ''));
    end if;
    return query
    select placed.order_id, placed.payment_id, placed.total_minor, placed.status, placed.payment_status
    from process_checkout(p_cart_id, v_customer_id, p_idempotency_key, p_address, p_coupon_code, p_method, p_channel) as placed;
end
$$;
