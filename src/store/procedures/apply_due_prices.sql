-- Applies scheduled prices whose time has come, in the order they were meant to start; returns how many.
create or replace function store.apply_due_prices()
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_one record;
    v_applied integer := 0;
begin
    for v_one in
        select schedule_id, article_id, price_minor
        from price_schedules
        where applied_at is null and starts_at <= clock_timestamp()
        order by starts_at, schedule_id
        for update skip locked
    loop
        perform update_price(v_one.article_id, v_one.price_minor, 'scheduled');
        update price_schedules set applied_at = clock_timestamp() where schedule_id = v_one.schedule_id;
        v_applied := v_applied + 1;
    end loop;
    return v_applied;
end
$$;
