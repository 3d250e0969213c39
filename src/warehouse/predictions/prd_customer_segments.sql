-- Grain: one customer of one run of the model customer-segments, see ops_model_runs; of the runs kept.
create table if not exists prd_customer_segments (
    run_key UInt64 comment 'Run of the model',
    customer_key UInt64 comment 'Customer',
    cluster UInt8 comment 'Cluster from 1, the most valuable first',
    cluster_name LowCardinality(String) comment 'What sets the cluster apart, in words',
    silhouette Nullable(Float64) comment 'Mean silhouette of the cluster; null where there is a single one',
    recency_days UInt32 comment 'Days from the last order to the run''s cutoff',
    frequency UInt32 comment 'Orders before the cutoff',
    monetary_minor Int64 comment 'Net revenue before the cutoff, minor units'
)
engine = MergeTree
partition by run_key
order by (cluster, customer_key)
