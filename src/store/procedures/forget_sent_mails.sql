-- Takes recipient and details out of mails that were sent before a day (UTC); returns of how many.
create or replace function store.forget_sent_mails(p_before date)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_rows bigint;
begin
    update mails set recipient = '', details = '{}' where sent_at < p_before and recipient <> '';
    get diagnostics v_rows = row_count;
    return v_rows;
end
$$;
