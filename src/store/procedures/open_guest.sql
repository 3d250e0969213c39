-- A guest who is about to order: a customer without a password, one for each order, so that one guest's orders are not shown
-- to another who gives the same address.
create or replace function store.open_guest(p_email text, p_name text default '')
returns bigint
language sql volatile set search_path = store, pg_temp
as $$
    insert into customers (email, name) values (lower(trim(p_email)), p_name) returning customer_id
$$;
