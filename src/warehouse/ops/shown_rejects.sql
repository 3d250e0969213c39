-- Grain: one refused row, as ops_rejects, with e-mail addresses masked. Rows of people and of orders may hold addresses anywhere: their
-- texts stay in ops_rejects, which the user `reader` cannot read.
create or replace view shown_rejects definer = current_user sql security definer as
select
    rejects.batch_key as batch_key,
    rejects.source_row as source_row,
    rejects.line as line,
    rejects.column_name as column_name,
    mask_emails(rejects.reason) as reason,
    if(rejects.column_name in ('email', 'address', 'postal_code'), mask_start(rejects.value), mask_emails(rejects.value)) as value,
    if(batches.kind in ('customers', 'orders'), '', mask_emails(rejects.raw)) as raw
from ops_rejects as rejects
left any join (
    select
        batch_key,
        kind
    from ops_batches final
) as batches on rejects.batch_key = batches.batch_key
