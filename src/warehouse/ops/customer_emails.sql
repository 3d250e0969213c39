-- Grain: one person with an e-mail address in landed rows that count, the newest of all their ids. Not for the user `reader`.
create or replace view customer_emails definer = current_user sql security definer as
select
    if(identities.person_key != 0, identities.person_key, records.customer_key) as customer_key,
    argMax(records.email, (records.batch_key, records.source_row)) as email
from stg_customers as records
left any join dim_identity as identities on records.customer_key = identities.customer_key
where records.email != '' and records.batch_key in live_batches
group by if(identities.person_key != 0, identities.person_key, records.customer_key)
