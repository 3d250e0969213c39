-- Writes down the secret of a link that will be mailed to the registered customer of an address; earlier ones of the same
-- purpose end. Returns the customer, or null when no one is registered there: the caller answers the same in both cases.
create or replace function store.issue_mail_token(p_email text, p_purpose text, p_token_hash bytea, p_minutes integer)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_customer_id bigint;
begin
    select customer_id into v_customer_id from customers
    where email = lower(trim(p_email)) and password_hash is not null;
    if not found then
        return null;
    end if;
    delete from mail_tokens where customer_id = v_customer_id and purpose = p_purpose and used_at is null;
    insert into mail_tokens (token_hash, customer_id, purpose, expires_at)
    values (p_token_hash, v_customer_id, p_purpose, clock_timestamp() + make_interval(mins => p_minutes));
    return v_customer_id;
end
$$;
