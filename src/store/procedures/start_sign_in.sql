-- Signs a customer in on one browser for p_days; only the SHA-256 of the browser's token is kept. Sign-ins that have ended go.
create or replace function store.start_sign_in(p_customer_id bigint, p_token_hash bytea, p_days integer default 30)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
begin
    delete from sign_ins where customer_id = p_customer_id and expires_at <= clock_timestamp();
    insert into sign_ins (token_hash, customer_id, expires_at)
    values (p_token_hash, p_customer_id, clock_timestamp() + make_interval(days => p_days));
    update customers set last_active_at = clock_timestamp(), is_active = true where customer_id = p_customer_id;
end
$$;
