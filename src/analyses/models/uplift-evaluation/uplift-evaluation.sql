-- One row per share of the people, of the newest training of the model uplift, and of the experiment {experiment:String} where it is not empty. Intervals: 1.96
-- standard errors for the gain, 2.2414 for the area (5 % over the two methods that the better was chosen from).
select
    JSONExtractFloat(point, 'top_rate') as top_rate,
    JSONExtractFloat(point, 'gain_rate') as gain_rate,
    gain_rate - 1.96 * JSONExtractFloat(point, 'gain_error') as gain_lower,
    gain_rate + 1.96 * JSONExtractFloat(point, 'gain_error') as gain_upper,
    JSONExtractFloat(point, 'random_rate') as random_rate,
    JSONExtractFloat(point, 'two_model_rate') as two_model_rate,
    JSONExtractFloat(point, 'transformed_outcome_rate') as transformed_outcome_rate,
    JSONExtractFloat(point, 'qini_area') as qini_area,
    qini_area - 2.2414 * JSONExtractFloat(point, 'qini_error') as qini_lower,
    qini_area + 2.2414 * JSONExtractFloat(point, 'qini_error') as qini_upper,
    JSONExtractString(point, 'method') as method
from (
    select arrayJoin(JSONExtractArrayRaw(argMax(artefact, run_key), 'curve')) as point
    from ops_model_runs
    where model = 'uplift' and standing = 'champion' and ({experiment:String} = '' or settings['experiment'] = {experiment:String})
)
order by top_rate
