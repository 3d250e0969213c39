-- One row per share of the best-scored people, of the champion of {model:String}: what a model of the horizon before foretold of the
-- last one that is over. No row before the first training, nor where there was too little history to measure.
select
    JSONExtractFloat(cut, 'top_rate') as top_rate,
    JSONExtractUInt(cut, 'customer_count') as customer_count,
    -- Added up of parts of people with equal scores, a share of all may be a last digit more than 1.
    least(JSONExtractFloat(cut, 'precision_rate'), 1) as precision_rate,
    least(JSONExtractFloat(cut, 'recall_rate'), 1) as recall_rate,
    JSONExtractFloat(cut, 'lift') as lift,
    toInt64(round(customer_count * (precision_rate * {margin_minor:UInt32} - {contact_cost_minor:UInt32}))) as profit_minor
from (
    select arrayJoin(JSONExtractArrayRaw(argMax(artefact, run_key), 'evaluation')) as cut
    from ops_model_runs
    where model = {model:String} and standing = 'champion' and trained_run_key = run_key
)
order by top_rate
