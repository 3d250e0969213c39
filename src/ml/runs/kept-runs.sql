-- One row per run of {model:String} whose predictions are kept: the newest of each cutoff and settings, the {most:UInt8} newest of them, and the
-- champion of each settings, also when many have been trained aside since.
select toString(run_key) as kept_key
from (
    select max(run_key) as run_key
    from ops_model_runs
    where model = {model:String} and standing != 'challenger'
    group by cutoff_on, settings
    order by run_key desc
    limit {most:UInt8}
    union distinct
    select max(run_key) as run_key
    from ops_model_runs
    where model = {model:String} and standing = 'champion'
    group by settings
    order by run_key desc
    limit {most:UInt8}
)
