-- Takes waiting changes for a delivery to the warehouse, or gives the delivery that was not confirmed once more, so that
-- what was sent and what is sent again are the same. Null when nothing waits. Stock and customers of the past are not kept:
-- the reader reads things as they are when the delivery is first written down.
create or replace function store.claim_delivery(p_most integer default 10000)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_delivery_id bigint;
    v_count integer;
begin
    perform pg_advisory_xact_lock(hashtext('store.deliveries'));
    select delivery_id into v_delivery_id from deliveries where confirmed_at is null;
    if found then
        return v_delivery_id;
    end if;
    if not exists (select from outbox where delivery_id is null) then
        return null;
    end if;
    insert into deliveries (row_count) values (0) returning delivery_id into v_delivery_id;
    update outbox set delivery_id = v_delivery_id
    where outbox_id in (select outbox_id from outbox where delivery_id is null order by outbox_id limit p_most for update skip locked);
    get diagnostics v_count = row_count;
    update deliveries set row_count = v_count where delivery_id = v_delivery_id;
    return v_delivery_id;
end
$$;
