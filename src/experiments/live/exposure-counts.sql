-- One row: exposures to experiment {experiment_id:String} before {started_at:String} and from {ended_at:String} on (UTC), which count for
-- nothing.
select
    toFloat64(countIf(exposed_at < parseDateTime64BestEffort({started_at:String}, 3, 'UTC'))) as early_count,
    toFloat64(countIf(exposed_at >= parseDateTime64BestEffort({ended_at:String}, 3, 'UTC'))) as late_count
from stg_exposures
where experiment_id = {experiment_id:String}
    and batch_key in live_batches
