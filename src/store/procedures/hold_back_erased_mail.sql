-- Nobody reads at an address of an erased customer (erase_customer): no mail to it is queued.
create or replace function store.hold_back_erased_mail()
returns trigger
language plpgsql set search_path = store, pg_temp
as $$
begin
    return case when new.recipient like '%@erased.invalid' then null else new end;
end
$$;

create or replace trigger hold_back_erased_mail before insert on store.mails
    for each row execute function store.hold_back_erased_mail();
