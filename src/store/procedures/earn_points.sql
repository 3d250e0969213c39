-- Points follow money: an order that is paid earns points_per_unit for each whole currency unit of goods after discount; a
-- cancelled or returned one gives back what it earned.
create or replace function store.earn_points()
returns trigger
language plpgsql set search_path = store, pg_temp
as $$
declare
    v_points integer;
begin
    if new.status = old.status then
        return null;
    end if;
    if new.status = 'paid' then
        select floor((new.subtotal_minor - new.discount_minor) / 100.0 * points_per_unit) into v_points from settings;
        if v_points > 0 then
            insert into loyalty_entries (customer_id, order_id, points, reason) values (new.customer_id, new.order_id, v_points, 'purchase');
        end if;
    elsif new.status in ('cancelled', 'returned') then
        insert into loyalty_entries (customer_id, order_id, points, reason)
        select new.customer_id, new.order_id, -sum(points), 'refund'
        from loyalty_entries where order_id = new.order_id
        having sum(points) > 0;
    end if;
    perform compute_loyalty_score(new.customer_id);
    return null;
end
$$;

create or replace trigger earn_points after update of status on store.orders
    for each row execute function store.earn_points();
