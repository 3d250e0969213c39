-- One row: the newest training of {model:String} for {horizon_days:UInt32} days that is champion. No row before the first.
select
    toString(runs.run_key) as run_key,
    version,
    seed,
    toString(runs.cutoff_on) as cutoff_on,
    features,
    data_sha256,
    toFloat64(runs.row_count) as row_count,
    training_shares,
    artefact
from ops_model_runs as runs
where model = {model:String}
    and settings['horizon_days'] = toString({horizon_days:UInt32})
    and standing = 'champion'
    and runs.trained_run_key = runs.run_key
order by runs.run_key desc
limit 1
