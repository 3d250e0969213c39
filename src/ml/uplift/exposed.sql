-- One row per customer exposed to experiment {experiment_id:String} from {started_at:String} up to, not including, {ended_at:String} (UTC), as of the
-- day of the first exposure (start of the day in {time_zone:String}): what happened on that day or later is not seen.
select
    customer_key as asked_key,
    toDate(min(exposed_at), {time_zone:String}) as cutoff_on
from person_exposures
where experiment_id = {experiment_id:String}
    and customer_key != 0
    and batch_key in live_batches
    and exposed_at >= parseDateTime64BestEffort({started_at:String}, 3, 'UTC')
    and exposed_at < parseDateTime64BestEffort({ended_at:String}, 3, 'UTC')
group by asked_key
