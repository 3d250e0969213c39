-- Grain: one customer whose uplift of the newest predictions of the model uplift lies within the limits, both included.
select customer_key
from prd_uplift
where
    run_key in (select max(run_key) from ops_model_runs where model = 'uplift' and standing = 'champion')
    and uplift_rate >= {min_score:Float64}
    and uplift_rate <= {max_score:Float64}
