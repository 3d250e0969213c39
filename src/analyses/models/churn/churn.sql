-- One row per person of the last run of the model churn: the {limit:UInt32} of highest rate, ties by customer id. No row before the first
-- training, nor when it was for another horizon than {horizon_days:UInt32} days.
select
    people.customer_id as customer_id,
    nullIf(people.name, '') as customer_name,
    scores.score_rate as churn_rate,
    scores.decile as decile,
    scores.top_reasons as top_reasons
from prd_churn as scores
left any join dim_customer as people on scores.customer_key = people.customer_key
where scores.run_key in (
    select argMax(run_key, run_key)
    from ops_model_runs
    where model = 'churn'
    having argMax(metrics['horizon_days'], run_key) = {horizon_days:UInt32}
)
order by churn_rate desc, customer_id
limit {limit:UInt32}
