-- One row per cluster of the last run of the model customer-segments, by number. No row before the first training.
select
    members.cluster as cluster,
    any(members.cluster_name) as cluster_name,
    count() as customer_count,
    avg(members.recency_days) as mean_recency_days,
    avg(members.frequency) as mean_frequency,
    avg(members.monetary_minor) as mean_monetary_minor,
    any(members.silhouette) as silhouette
from prd_customer_segments as members
where members.run_key in (select max(run_key) from ops_model_runs where model = 'customer-segments')
group by cluster
order by cluster
