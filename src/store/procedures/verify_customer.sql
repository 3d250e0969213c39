-- A customer has shown that the address is theirs; orders they placed as a guest with it become theirs. Returns how many.
create or replace function store.verify_customer(p_customer_id bigint)
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_email text;
    v_claimed integer;
begin
    update customers set verified_at = coalesce(verified_at, clock_timestamp())
    where customer_id = p_customer_id and password_hash is not null
    returning email into v_email;
    if not found then
        raise exception 'there is no registered customer %', p_customer_id using errcode = 'EC404', hint = 'sign up first';
    end if;
    update orders set customer_id = p_customer_id
    from customers as guest
    where orders.customer_id = guest.customer_id and guest.email = v_email and guest.password_hash is null;
    get diagnostics v_claimed = row_count;
    update loyalty_entries set customer_id = p_customer_id
    from orders
    where orders.order_id = loyalty_entries.order_id and orders.customer_id = p_customer_id;
    perform note_change('order', orders.order_id::text) from orders where orders.customer_id = p_customer_id;
    return v_claimed;
end
$$;
