-- Grain: one customer whose expected net revenue within 365 days of the cutoff of the last run of the model clv lies within the
-- limits, in minor units, both included.
select customer_key
from prd_customer_value
where
    run_key in (select max(run_key) from ops_model_runs where model = 'clv')
    and horizon_days = 365
    and clv_minor >= {min_score:Float64}
    and clv_minor <= {max_score:Float64}
