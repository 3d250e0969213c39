-- One row per customer of the last run of the model clv: the {limit:UInt32} of highest value within {horizon_days:UInt32} days of the run's
-- cutoff, ties by customer id. No row before the first training, nor for a horizon that is not kept.
-- {customer_id:String} alone where that is given.
select
    people.customer_id as customer_id,
    nullIf(people.name, '') as customer_name,
    foretold.p_alive_rate as p_alive_rate,
    foretold.expected_order_count as expected_order_count,
    foretold.expected_average_value_minor as expected_average_value_minor,
    foretold.clv_minor as clv_minor
from prd_customer_value as foretold
left any join dim_customer as people on foretold.customer_key = people.customer_key
where foretold.horizon_days = {horizon_days:UInt32}
    and foretold.run_key in (select max(run_key) from ops_model_runs where model = 'clv')
    and (
        {customer_id:String} = ''
        or foretold.customer_key in (select customer_key from dim_customer where customer_id = {customer_id:String})
    )
order by clv_minor desc, customer_id
limit {limit:UInt32}
