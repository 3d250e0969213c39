-- One row per person of the champion's newest predictions of the model propensity for {horizon_days:UInt32} days and, where it is given, of the run of {cutoff:Nullable(Date)}: the
-- {limit:UInt32} of highest rate, ties by customer id. No row where there is no such run.
-- {customer_id:String} alone where that is given.
select
    people.customer_id as customer_id,
    nullIf(people.name, '') as customer_name,
    scores.score_rate as propensity_rate,
    scores.decile as decile,
    scores.top_reasons as top_reasons
from prd_propensity as scores
left any join dim_customer as people on scores.customer_key = people.customer_key
where scores.run_key in (
    select max(run_key)
    from ops_model_runs
    where model = 'propensity'
        and settings['horizon_days'] = toString({horizon_days:UInt32})
        and (({cutoff:Nullable(Date)} is null and standing = 'champion') or (standing != 'challenger' and cutoff_on = {cutoff:Nullable(Date)}))
)
    and (
        {customer_id:String} = ''
        or scores.customer_key in (select customer_key from dim_customer where customer_id = {customer_id:String})
    )
order by propensity_rate desc, customer_id
limit {limit:UInt32}
