-- Uses up a mailed link of a purpose, once and in time; returns its customer.
create or replace function store.use_mail_token(p_token_hash bytea, p_purpose text)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_customer_id bigint;
begin
    update mail_tokens set used_at = clock_timestamp()
    where token_hash = p_token_hash and purpose = p_purpose and used_at is null and expires_at > clock_timestamp()
    returning customer_id into v_customer_id;
    if v_customer_id is null then
        raise exception 'this link is unknown, used or too old' using errcode = 'EC422', hint = 'ask for a new mail';
    end if;
    return v_customer_id;
end
$$;
