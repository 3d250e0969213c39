-- Makes the partition of events for a day's month (UTC) when it is missing; called ahead of each month.
create or replace function store.ensure_event_partition(p_day date)
returns text
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_from date := date_trunc('month', p_day::timestamp);
    v_name text := 'events_' || to_char(p_day, 'YYYY_MM');
begin
    if to_regclass('store.' || v_name) is null then
        execute format(
            'create table store.%I partition of store.events for values from (%L) to (%L)', v_name,
            v_from || ' 00:00:00+00', (v_from + interval '1 month')::date || ' 00:00:00+00'
        );
    end if;
    return v_name;
end
$$;
