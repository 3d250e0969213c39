-- Grain: one customer whose score of the champion's newest predictions of the model churn lies within the limits, both included.
select customer_key
from prd_churn
where
    run_key in (select max(run_key) from ops_model_runs where model = 'churn' and standing = 'champion')
    and score_rate >= {min_score:Float64}
    and score_rate <= {max_score:Float64}
