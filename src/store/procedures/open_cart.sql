-- The open cart of a customer, or of whoever holds a token (by its SHA-256); made when there is none. A customer who signs
-- in with a guest cart keeps its lines: they move to the customer's cart, the larger quantity counting.
create or replace function store.open_cart(p_customer_id bigint, p_token_hash bytea)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_cart_id bigint;
    v_guest_id bigint;
begin
    if p_token_hash is not null then
        select cart_id into v_guest_id from carts
        where token_hash = p_token_hash and status = 'open' and customer_id is null for update;
    end if;
    if p_customer_id is null then
        if v_guest_id is null then
            insert into carts (token_hash) values (p_token_hash)
            on conflict (token_hash) do update set token_hash = excluded.token_hash
            returning cart_id into v_guest_id;
        end if;
        return v_guest_id;
    end if;
    insert into carts (customer_id) values (p_customer_id)
    on conflict (customer_id) where status = 'open' and customer_id is not null
        do update set last_active_at = clock_timestamp()
    returning cart_id into v_cart_id;
    if v_guest_id is not null then
        insert into cart_items (cart_id, article_id, quantity)
        select v_cart_id, article_id, quantity from cart_items where cart_id = v_guest_id
        on conflict (cart_id, article_id) do update set quantity = greatest(cart_items.quantity, excluded.quantity);
        delete from reservations where cart_id = v_guest_id;
        delete from cart_items where cart_id = v_guest_id;
        update carts set status = 'merged' where cart_id = v_guest_id;
        perform reserve_cart(v_cart_id);
    end if;
    return v_cart_id;
end
$$;
