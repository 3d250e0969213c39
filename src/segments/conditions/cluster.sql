-- Grain: one customer of the clusters named, of the last run of the model customer-segments.
select customer_key
from prd_customer_segments
where
    run_key in (select max(run_key) from ops_model_runs where model = 'customer-segments')
    and has({cluster:Array(UInt8)}, cluster)
