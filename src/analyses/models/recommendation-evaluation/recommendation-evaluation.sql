-- One row per task and method of the last run of the model recommendations: how well each foretold what buyers of the last horizon bought, from
-- what was before. No row before the first training.
select
    JSONExtractString(measured, 'task') as task,
    JSONExtractString(measured, 'method') as method,
    JSONExtractBool(measured, 'is_chosen') as is_chosen,
    JSONExtractUInt(measured, 'customer_count') as customer_count,
    JSONExtractFloat(measured, 'map_at_12') as map_at_12_rate,
    JSONExtractFloat(measured, 'recall_at_12') as recall_at_12_rate,
    JSONExtractFloat(measured, 'ndcg_at_12') as ndcg_at_12_rate,
    JSONExtractFloat(measured, 'coverage_rate') as coverage_rate
from (
    select arrayJoin(JSONExtractArrayRaw(argMax(artefact, run_key), 'evaluation')) as measured
    from ops_model_runs
    where model = 'recommendations'
)
order by task = 'any', map_at_12_rate desc, method
