-- Signs one browser out; a token that is unknown changes nothing.
create or replace function store.end_sign_in(p_token_hash bytea)
returns void
language sql volatile set search_path = store, pg_temp
as $$
    delete from sign_ins where token_hash = p_token_hash
$$;
