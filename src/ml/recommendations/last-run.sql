-- The last run of the model recommendations and how it weighs its sources; no row before the first training.
select
    toString(run_key) as run_key,
    JSONExtractFloat(artefact, 'weights', 'together') as together,
    JSONExtractFloat(artefact, 'weights', 'similar') as similar,
    JSONExtractFloat(artefact, 'weights', 'popular') as popular,
    JSONExtractFloat(artefact, 'weights', 'recency') as recency
from ops_model_runs
where model = 'recommendations'
order by run_key desc
limit 1
