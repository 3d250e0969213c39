-- A queued mail has been handed over; it is not sent again.
create or replace function store.confirm_mail(p_mail_id bigint)
returns void
language sql volatile set search_path = store, pg_temp
as $$
    update mails set sent_at = clock_timestamp() where mail_id = p_mail_id and sent_at is null
$$;
