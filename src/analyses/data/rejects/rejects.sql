-- One row per refused row of batches that count (not undone, not replaced), in file order, the newest batch first, at most
-- {limit:UInt32}. With {batch_key:UInt32} other than 0, of that batch only.
select
    rejected.batch_key as batch_key,
    batches.source as source,
    rejected.line as line,
    rejected.source_row as source_row,
    nullIf(rejected.column_name, '') as column_name,
    rejected.reason as reason,
    rejected.value as value,
    rejected.raw as raw
from shown_rejects as rejected
inner join (
    select
        batch_key,
        source
    from ops_batches final
    where state = 'loaded'
) as batches on rejected.batch_key = batches.batch_key
where {batch_key:UInt32} = 0 or rejected.batch_key = {batch_key:UInt32}
order by batch_key desc, source_row
limit {limit:UInt32}
