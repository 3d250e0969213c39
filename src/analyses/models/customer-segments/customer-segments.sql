-- One row per cluster of the newest run of the model customer-segments for {k:String} clusters by {features:String}, by number. No row where there is
-- no such run.
select
    members.cluster as cluster,
    any(members.cluster_name) as cluster_name,
    count() as customer_count,
    avg(members.recency_days) as mean_recency_days,
    avg(members.frequency) as mean_frequency,
    avg(members.monetary_minor) as mean_monetary_minor,
    any(members.silhouette) as silhouette
from prd_customer_segments as members
where members.run_key in (
    select max(run_key)
    from ops_model_runs
    where model = 'customer-segments'
        and settings['k'] = {k:String}
        and settings['features'] = {features:String}
)
group by cluster
order by cluster
