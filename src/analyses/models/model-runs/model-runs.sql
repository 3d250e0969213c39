-- One row per model and settings: its newest run, models by name, then settings. The measure is the first that the run has of the model's own;
-- null where there was too little history to measure, or where the baseline has none. Instants in UTC.
with

newest as (

    select
        model as model_name,
        arrayStringConcat(arraySort(arrayMap((name, value) -> concat(name, '=', value), mapKeys(settings), mapValues(settings))), ', ') as settings_text,
        max(run_key) as newest_key
    from ops_model_runs
    group by model_name, settings_text

),

measures as (

    select
        run_key as measured_key,
        arrayFirst(
            known -> mapContains(metrics, known),
            ['auc', 'map_at_12', 'holdout_root_mean_square_error', 'backtest_mean_absolute_error', 'silhouette']
        ) as name
    from ops_model_runs

)

select
    runs.model as model,
    nullIf(newest.settings_text, '') as settings,
    runs.trained_at as trained_at,
    runs.cutoff_on as cutoff_on,
    runs.row_count as row_count,
    nullIf(measures.name, '') as measure,
    if(measures.name = '', null, runs.metrics[measures.name]) as quality,
    if(mapContains(runs.baseline, measures.name), runs.baseline[measures.name], null) as baseline_quality
from newest
inner join ops_model_runs as runs on newest.newest_key = runs.run_key
inner join measures on newest.newest_key = measures.measured_key
order by model, settings
