-- Grain: one product beside another of one run of the model recommendations, see ops_model_runs; of the last run only.
create table if not exists prd_product_neighbours (
    run_key UInt64 comment 'Run of the model',
    source LowCardinality(String) comment 'together: follows it in people''s histories; similar: like it; popular: sells, beside no product in particular',
    product_key UInt64 comment 'Product somebody looks at or had; 0 for popular',
    neighbour_key UInt64 comment 'Product to offer',
    weight Float64 comment 'together: chance, roughly, that it follows; similar: likeness from 0 to 1; popular: share of recent purchases'
)
engine = MergeTree
partition by run_key
order by (product_key, source, neighbour_key)
