-- Opens an order without lines; a key that has been used gives the order it made. p_address holds recipient, street, city,
-- region, postal_code and country.
create or replace function store.create_order(
    p_customer_id bigint,
    p_idempotency_key text,
    p_address jsonb default '{}',
    p_channel text default 'store',
    p_cart_id bigint default null
)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_order_id bigint;
begin
    insert into orders (customer_id, cart_id, idempotency_key, channel, recipient, street, city, region, postal_code, country)
    values (
        p_customer_id, p_cart_id, p_idempotency_key, p_channel,
        coalesce(p_address ->> 'recipient', ''), coalesce(p_address ->> 'street', ''), coalesce(p_address ->> 'city', ''),
        coalesce(p_address ->> 'region', ''), coalesce(p_address ->> 'postal_code', ''), coalesce(p_address ->> 'country', '')
    )
    on conflict (idempotency_key) do nothing
    returning order_id into v_order_id;
    if v_order_id is null then
        select order_id into v_order_id from orders
        where idempotency_key = p_idempotency_key and customer_id = p_customer_id;
        if v_order_id is null then
            raise exception 'the key of this order belongs to another customer' using errcode = 'EC409', hint = 'use a new random key for each order';
        end if;
    end if;
    return v_order_id;
end
$$;
