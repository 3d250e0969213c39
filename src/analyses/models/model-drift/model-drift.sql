-- One row per model, settings and measure (a feature, or the score) of the champion's newest predictions, the largest index first. The index compares
-- the bins of the people trained on with those of the people scored; a share of 0 counts as 0.0001. No row where no shares were kept.
with

newest as (

    select max(run_key) as newest_key
    from ops_model_runs
    where standing = 'champion' and notEmpty(training_shares)
    group by model, settings

),

measures as (

    select
        model,
        arrayStringConcat(arraySort(arrayMap((name, value) -> concat(name, '=', value), mapKeys(settings), mapValues(settings))), ', ') as settings_text,
        cutoff_on as scored_on,
        trained_run_key,
        row_count as training_count,
        scored_count,
        arrayJoin(mapKeys(training_shares)) as measure,
        training_shares[measure] as before,
        scored_shares[measure] as now
    from ops_model_runs
    where run_key in (select newest_key from newest) and scored_count > 0

),

trainings as (

    select run_key as training_key, cutoff_on as learnt_to
    from ops_model_runs

),

indices as (

    select
        *,
        arraySum(
            (share, other) -> (greatest(other, 0.0001) - greatest(share, 0.0001)) * log(greatest(other, 0.0001) / greatest(share, 0.0001)),
            before,
            now
        ) as stability_index,
        arrayCount((share, other) -> share > 0 or other > 0, before, now) - 1 as freedom,
        (1 / training_count + 1 / scored_count) * (freedom + 1.645 * sqrt(2 * freedom)) as chance_index
    from measures

)

select
    model,
    nullIf(settings_text, '') as settings,
    measure,
    multiIf(stability_index <= chance_index or stability_index < 0.1, 'stable', stability_index < 0.25, 'moved', 'shifted') as state,
    stability_index,
    chance_index,
    multiIf(
        state = 'stable', null,
        state = 'moved', 'moved since training: watch it',
        scored_on > cutoff_on, concat('shifted since training: train ', model, ' again'),
        'shifted within one horizon: training again does not help'
    ) as warning,
    trainings.learnt_to as cutoff_on,
    scored_on,
    training_count,
    scored_count
from indices
inner join trainings on indices.trained_run_key = trainings.training_key
order by stability_index desc, model, settings, measure
