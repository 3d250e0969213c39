-- Orders go created, paid, shipped, delivered; created or paid may be cancelled, shipped or delivered returned. Any other
-- step is refused; every step is logged with its time.
create or replace function store.check_order_step()
returns trigger
language plpgsql set search_path = store, pg_temp
as $$
begin
    if new.status = old.status then
        return new;
    end if;
    if (old.status, new.status) not in (
        ('created', 'paid'), ('created', 'cancelled'), ('paid', 'shipped'), ('paid', 'cancelled'),
        ('shipped', 'delivered'), ('shipped', 'returned'), ('delivered', 'returned')
    ) then
        raise exception 'order % is %, and cannot become %', old.order_id, old.status, new.status
            using errcode = 'EC409', hint = 'orders go created, paid, shipped, delivered; see docs/reference/store.md for the steps';
    end if;
    return new;
end
$$;

create or replace trigger check_order_step before update of status on store.orders
    for each row execute function store.check_order_step();
