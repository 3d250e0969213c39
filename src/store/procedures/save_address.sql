-- Adds an address of a customer (p_address_id null), or changes one that is theirs. p_address holds recipient, street, city,
-- region, postal_code, country and is_default; a new default takes the place of the old. Returns the address.
create or replace function store.save_address(p_customer_id bigint, p_address_id bigint, p_address jsonb)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_address_id bigint;
    v_is_default boolean := coalesce((p_address ->> 'is_default')::boolean, false);
begin
    -- One change at a time for a customer: two new defaults would meet in the unique index.
    perform 1 from customers where customer_id = p_customer_id for update;
    if v_is_default then
        update addresses set is_default = false
        where customer_id = p_customer_id and is_default and address_id is distinct from p_address_id;
    end if;
    if p_address_id is null then
        insert into addresses (customer_id, recipient, street, city, region, postal_code, country, is_default)
        values (
            p_customer_id, p_address ->> 'recipient', p_address ->> 'street', p_address ->> 'city',
            coalesce(p_address ->> 'region', ''), p_address ->> 'postal_code', p_address ->> 'country', v_is_default
        )
        returning address_id into v_address_id;
    else
        update addresses
        set recipient = p_address ->> 'recipient', street = p_address ->> 'street', city = p_address ->> 'city',
            region = coalesce(p_address ->> 'region', ''), postal_code = p_address ->> 'postal_code',
            country = p_address ->> 'country', is_default = v_is_default
        where address_id = p_address_id and customer_id = p_customer_id
        returning address_id into v_address_id;
        if v_address_id is null then
            raise exception 'there is no address %', p_address_id using errcode = 'EC404', hint = 'list the addresses for their ids';
        end if;
    end if;
    perform note_change('customer', p_customer_id::text);
    return v_address_id;
end
$$;
