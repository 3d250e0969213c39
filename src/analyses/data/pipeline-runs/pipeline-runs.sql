-- One row per batch (one file of one import), the newest first, at most {limit:UInt32}. Times are UTC; a batch that was
-- never finished has no end.
select
    batches.batch_key as batch_key,
    batches.state as state,
    batches.source as source,
    batches.preset as preset,
    batches.kind as kind,
    batches.file_bytes as file_bytes,
    batches.read_rows as read_rows,
    batches.loaded_rows as loaded_rows,
    batches.duplicate_rows as duplicate_rows,
    batches.rejected_rows as rejected_rows,
    batches.first_on as first_on,
    batches.last_on as last_on,
    batches.is_built as is_built,
    batches.started_at as started_at,
    batches.finished_at as finished_at,
    dateDiff('millisecond', batches.started_at, batches.finished_at) / 1000 as duration_seconds,
    batches.read_rows / nullIf(duration_seconds, 0) as rows_per_second,
    nullIf(batches.message, '') as message
from ops_batches as batches final
order by batch_key desc
limit {limit:UInt32}
