-- Marks customers who have done nothing for p_days; returns how many. They become active again with their next step.
create or replace function store.mark_inactive_customers(p_days integer default 365)
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_count integer;
begin
    update customers set is_active = false
    where is_active and last_active_at < clock_timestamp() - make_interval(days => p_days);
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
