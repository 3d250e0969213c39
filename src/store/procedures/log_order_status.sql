-- Every status an order has had, with its time; and a mail when it is paid or shipped.
create or replace function store.log_order_status()
returns trigger
language plpgsql set search_path = store, pg_temp
as $$
begin
    if tg_op = 'UPDATE' and new.status = old.status then
        return null;
    end if;
    insert into order_status_log (order_id, from_status, to_status)
    values (new.order_id, case when tg_op = 'UPDATE' then old.status end, new.status);
    if new.status in ('paid', 'shipped') then
        insert into mails (recipient, template, details)
        select
            email,
            case new.status when 'paid' then 'order_confirmation' else 'order_shipped' end,
            jsonb_build_object('order_id', new.order_id, 'total_minor', new.total_minor, 'tracking_code', new.tracking_code)
        from customers where customer_id = new.customer_id;
    end if;
    return null;
end
$$;

create or replace trigger log_order_status after insert or update of status on store.orders
    for each row execute function store.log_order_status();
