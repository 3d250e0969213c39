-- Signs a shopper up, or turns the guest with the same verified purchase history into a customer later (claim_orders).
-- p_password_hash comes from the server; the store never sees a password.
create or replace function store.register_customer(p_email text, p_name text, p_password_hash text)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_customer_id bigint;
begin
    insert into customers (email, name, password_hash) values (lower(trim(p_email)), p_name, p_password_hash)
    on conflict (email) where password_hash is not null do nothing
    returning customer_id into v_customer_id;
    if v_customer_id is null then
        raise exception 'this e-mail address is registered' using errcode = 'EC409', hint = 'sign in, or reset the password';
    end if;
    return v_customer_id;
end
$$;
