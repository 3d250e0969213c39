-- Customers to come get numbers above p_last_id, so that nobody gets the number of someone whom a restored store has forgotten.
create or replace function store.pass_customer_ids(p_last_id bigint)
returns bigint
language sql volatile set search_path = store, pg_temp
as $$
    select setval(
        pg_get_serial_sequence('store.customers', 'customer_id'),
        greatest(p_last_id, nextval(pg_get_serial_sequence('store.customers', 'customer_id')))
    );
$$;
