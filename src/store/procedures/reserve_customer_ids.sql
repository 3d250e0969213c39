-- Numbers for customers that do not exist yet: nobody else gets them, whatever becomes of them.
create or replace function store.reserve_customer_ids(p_count integer)
returns setof bigint
language sql volatile set search_path = store, pg_temp
as $$
    select nextval(pg_get_serial_sequence('store.customers', 'customer_id')) from generate_series(1, p_count);
$$;
