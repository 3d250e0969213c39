-- Gives the customer of a mailed reset link a new password and ends all their sign-ins. The link also proves the address.
-- Returns the customer.
create or replace function store.reset_password(p_token_hash bytea, p_password_hash text)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_customer_id bigint := use_mail_token(p_token_hash, 'reset');
begin
    update customers set password_hash = p_password_hash where customer_id = v_customer_id;
    delete from sign_ins where customer_id = v_customer_id;
    perform verify_customer(v_customer_id);
    return v_customer_id;
end
$$;
