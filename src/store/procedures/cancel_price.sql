-- Takes back a scheduled price that has not been applied.
create or replace function store.cancel_price(p_schedule_id bigint)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
begin
    delete from price_schedules where schedule_id = p_schedule_id and applied_at is null;
    if not found then
        raise exception 'no scheduled price % waits', p_schedule_id using errcode = 'EC404', hint = 'list the schedules for their ids';
    end if;
end
$$;
