-- Grain: one customer with an e-mail address in landed rows that count, the newest. Not for the user `reader`.
create or replace view customer_emails definer = current_user sql security definer as
select
    records.customer_key as customer_key,
    argMax(records.email, (records.batch_key, records.source_row)) as email
from stg_customers as records
where records.email != '' and records.batch_key in live_batches
group by records.customer_key
