-- One row per customer exposed to experiment {experiment_id:String} from {started_at:String} up to, not including, {ended_at:String}
-- (UTC), by first exposure; ties by customer. Orders count from the first exposure on, for {window_days:UInt16} days; those of the
-- {before_days:UInt16} days before it are the covariate. Net amounts have their refunds taken off whenever they came. A customer whose
-- window and {settling_days:UInt16} days for returns are not over on {as_of:Date} (start of the day in {time_zone:String}) is immature.
with

exposures as (

    select
        customer_key,
        variant,
        exposed_at
    from person_exposures
    where experiment_id = {experiment_id:String}
        and customer_key != 0
        and batch_key in live_batches
        and exposed_at >= parseDateTime64BestEffort({started_at:String}, 3, 'UTC')
        and exposed_at < parseDateTime64BestEffort({ended_at:String}, 3, 'UTC')

),

units as (

    select
        customer_key,
        min(exposed_at) as first_exposed_at,
        argMin(variant, (exposed_at, variant)) as first_variant,
        uniqExact(variant) as variant_count
    from exposures
    group by customer_key

),

outcomes as (

    select
        units.customer_key as customer_key,
        countIf(orders.placed_at >= units.first_exposed_at) as order_count,
        sumIf(orders.gross_minor, orders.placed_at >= units.first_exposed_at) as gross_minor,
        sumIf(orders.net_minor, orders.placed_at >= units.first_exposed_at) as net_minor,
        sumIf(orders.net_minor, orders.placed_at < units.first_exposed_at) as before_minor
    from units
    inner join fct_orders as orders on orders.customer_key = units.customer_key
    where orders.has_positive_line
        and not orders.is_cancelled
        and orders.placed_at >= units.first_exposed_at - toIntervalDay({before_days:UInt16})
        and orders.placed_at < units.first_exposed_at + toIntervalDay({window_days:UInt16})
        and orders.placed_at < toDateTime({as_of:Date}, {time_zone:String})
    group by customer_key

)

select
    toString(units.customer_key) as customer_key,
    units.first_variant as variant,
    units.variant_count > 1 as is_torn,
    toString(toDate(units.first_exposed_at, {time_zone:String})) as exposed_on,
    units.first_exposed_at + toIntervalDay({window_days:UInt16} + {settling_days:UInt16}) <= toDateTime({as_of:Date}, {time_zone:String}) as is_mature,
    toFloat64(ifNull(outcomes.order_count, 0)) as order_count,
    toFloat64(ifNull(outcomes.gross_minor, 0)) as gross_minor,
    toFloat64(ifNull(outcomes.net_minor, 0)) as net_minor,
    toFloat64(ifNull(outcomes.before_minor, 0)) as before_minor,
    ifNull(customers.country, '') as country
from units
left join outcomes on outcomes.customer_key = units.customer_key
left join dim_customer as customers on customers.customer_key = units.customer_key
order by units.first_exposed_at, units.customer_key
