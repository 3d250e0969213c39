-- Lets a price take effect later; apply_due_prices applies it. Returns the schedule.
create or replace function store.schedule_price(p_article_id bigint, p_price_minor bigint, p_starts_at timestamptz)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_schedule_id bigint;
begin
    if p_starts_at is null or p_starts_at <= clock_timestamp() then
        raise exception 'a price is scheduled for later, got %', p_starts_at using errcode = 'EC400', hint = 'change the price at once, or give a later time';
    end if;
    insert into price_schedules (article_id, price_minor, starts_at)
    values (p_article_id, p_price_minor, p_starts_at)
    returning schedule_id into v_schedule_id;
    return v_schedule_id;
end
$$;
