-- One row per person of the newest predictions of the model uplift, of the experiment {experiment:String} where it is not empty: the {limit:UInt32} of
-- highest uplift, ties by customer id. No row where there is no such run. {customer_id:String} alone where that is given.
select
    people.customer_id as customer_id,
    nullIf(people.name, '') as customer_name,
    scores.uplift_rate as uplift_rate,
    scores.untreated_rate as untreated_rate,
    toInt64(round(scores.uplift_rate * {margin_minor:UInt32} - {contact_cost_minor:UInt32})) as expected_profit_minor,
    scores.uplift_rate * {margin_minor:UInt32} > {contact_cost_minor:UInt32} as is_persuadable
from prd_uplift as scores
left any join dim_customer as people on scores.customer_key = people.customer_key
where scores.run_key in (
    select max(run_key)
    from ops_model_runs
    where model = 'uplift' and standing = 'champion' and ({experiment:String} = '' or settings['experiment'] = {experiment:String})
)
    and (
        {customer_id:String} = ''
        or scores.customer_key in (select customer_key from dim_customer where customer_id = {customer_id:String})
    )
order by uplift_rate desc, customer_id
limit {limit:UInt32}
