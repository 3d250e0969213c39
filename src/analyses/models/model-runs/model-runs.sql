-- One row per model, settings and standing: the newest training, models by name, then settings; challengers only while no later champion has come. The measure is the first that the run has of the model's own;
-- null where there was too little history to measure, or where the baseline has none. Instants in UTC.
with

newest as (

    select
        model as model_name,
        arrayStringConcat(arraySort(arrayMap((name, value) -> concat(name, '=', value), mapKeys(settings), mapValues(settings))), ', ') as settings_text,
        standing as newest_standing,
        max(run_key) as newest_key
    from ops_model_runs
    where trained_run_key = run_key
    group by model_name, settings_text, newest_standing

),

champions as (

    select model_name, settings_text, newest_key as champion_key
    from newest
    where newest_standing = 'champion'

),

scorings as (

    select trained_run_key as scored_key, argMax(cutoff_on, run_key) as scored_on
    from ops_model_runs
    where standing != 'challenger'
    group by scored_key

),

measures as (

    select
        run_key as measured_key,
        arrayFirst(
            known -> mapContains(metrics, known),
            ['auc', 'map_at_12', 'qini_area', 'holdout_root_mean_square_error', 'backtest_mean_absolute_error', 'silhouette']
        ) as name
    from ops_model_runs

)

select
    runs.model as model,
    nullIf(newest.settings_text, '') as settings,
    runs.standing as standing,
    runs.trained_at as trained_at,
    runs.cutoff_on as cutoff_on,
    if(runs.standing = 'challenger', null, scorings.scored_on) as scored_on,
    runs.row_count as row_count,
    nullIf(measures.name, '') as measure,
    if(measures.name = '', null, runs.metrics[measures.name]) as quality,
    if(mapContains(runs.baseline, measures.name), runs.baseline[measures.name], null) as baseline_quality,
    nullIf(runs.standing_reason, '') as standing_reason
from newest
inner join ops_model_runs as runs on newest.newest_key = runs.run_key
inner join measures on newest.newest_key = measures.measured_key
left any join champions on newest.model_name = champions.model_name and newest.settings_text = champions.settings_text
left any join scorings on newest.newest_key = scorings.scored_key
where newest.newest_standing != 'challenger' or newest.newest_key > champions.champion_key
order by model, settings, indexOf(['champion', 'challenger', 'aside'], standing)
