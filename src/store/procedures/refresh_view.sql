-- Brings a materialized view up to date while others read it; returns its rows. The name is one of a closed list.
create or replace function store.refresh_view(p_view text)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_count bigint;
begin
    if p_view not in ('mv_daily_sales', 'mv_monthly_sales', 'mv_product_demand', 'mv_customer_clv', 'mv_rfm') then
        raise exception 'there is no materialized view %', p_view
            using errcode = 'EC404', hint = 'one of mv_daily_sales, mv_monthly_sales, mv_product_demand, mv_customer_clv, mv_rfm';
    end if;
    execute format('refresh materialized view concurrently store.%I', p_view);
    execute format('select count(*) from store.%I', p_view) into v_count;
    return v_count;
end
$$;
