-- Removes an address of a customer; another's, or one that is not there, is refused alike.
create or replace function store.remove_address(p_customer_id bigint, p_address_id bigint)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
begin
    delete from addresses where address_id = p_address_id and customer_id = p_customer_id;
    if not found then
        raise exception 'there is no address %', p_address_id using errcode = 'EC404', hint = 'list the addresses for their ids';
    end if;
    perform note_change('customer', p_customer_id::text);
end
$$;
