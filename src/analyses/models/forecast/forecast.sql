-- One row per series and {grain:String} of the last run of the model forecast, for {metric:String} by {by:String}: all that was over at its cutoff
-- and {horizon:UInt32} periods more. No row before the first training.
select
    periods.series as series,
    periods.period_on as period_on,
    periods.step > 0 as is_forecast,
    periods.value as value,
    periods.lower as lower,
    periods.upper as upper,
    nullIf(periods.method, '') as method
from prd_forecasts as periods
where periods.metric = {metric:String}
    and periods.grain = {grain:String}
    and periods.dimension = {by:String}
    and periods.step <= {horizon:UInt32}
    and periods.run_key in (select max(run_key) from ops_model_runs where model = 'forecast')
order by series, period_on
