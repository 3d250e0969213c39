-- One row per other currency than the shop's in which something was told: what orders that are not cancelled came to in it and in
-- the shop's currency, between which rates they were converted, and what waits for a rate. Amounts told in it are in its own minor
-- units. Days are in {time_zone:String}.
with

converted as (

    select
        lines.original_currency as converted_currency,
        uniqExact(lines.order_key) as order_count,
        sumIf(ifNull(lines.original_revenue_minor, 0), lines.original_revenue_minor > 0) as original_gross_minor,
        -sumIf(ifNull(lines.original_revenue_minor, 0), lines.original_revenue_minor < 0) as original_refunded_minor,
        sumIf(lines.revenue_minor, lines.revenue_minor > 0) as gross_revenue_minor,
        -sumIf(lines.revenue_minor, lines.revenue_minor < 0) as refunds_minor,
        min(rates.rate) as lowest_rate,
        max(rates.rate) as highest_rate
    from fct_order_lines as lines
    left any join day_rates as rates on lines.original_currency = rates.currency and lines.ordered_on = rates.day_on
    where lines.original_currency != '' and not lines.is_cancelled
    group by converted_currency

),

waiting_parts as (

    select order_key as part_key, currency as part_currency, toNullable(placed_at) as part_at, 0 as part_minor
    from stg_orders
    where currency != '' and batch_key in live_batches
    union all
    select
        order_key as part_key,
        currency as part_currency,
        line_at as part_at,
        amount_minor - if(quantity < 0, -1, 1) * discount_minor as part_minor
    from stg_order_lines
    where currency != '' and batch_key in live_batches

),

waiting_orders as (

    select
        part_currency as waiting_currency,
        uniqExact(part_key) as waiting_order_count,
        sumIf(part_minor, part_minor > 0) as waiting_gross_minor,
        toDate(min(part_at), {time_zone:String}) as first_waiting_on,
        toDate(max(part_at), {time_zone:String}) as last_waiting_on
    from waiting_parts
    where part_key not in (select order_key from fct_orders)
    group by waiting_currency

),

waiting_events as (

    select
        told.currency as event_currency,
        count() as waiting_event_count,
        toNullable(min(told.event_on)) as first_event_on,
        toNullable(max(told.event_on)) as last_event_on
    from stg_event_amounts as told
    left anti join day_rates as rates on told.currency = rates.currency and told.event_on = rates.day_on
    where told.batch_key in live_batches
    group by event_currency

),

waiting_payments as (

    select currency as payment_currency, uniqExact(order_key, payment_number) as waiting_payment_count
    from stg_payments
    where
        currency != '' and batch_key in live_batches
        and (order_key, payment_number) not in (select order_key, payment_number from fct_payments)
    group by payment_currency

),

waiting_spends as (

    select told.currency as spend_currency, count() as waiting_spend_count
    from stg_spend as told
    left any join day_rates as rates
        on told.currency = rates.currency and toDate(told.spent_at, {time_zone:String}) = rates.day_on
    where told.currency != '' and told.batch_key in live_batches and rates.denominator = 0
    group by spend_currency

),

newest as (

    select currency as rated_currency, toNullable(max(rate_on)) as newest_rate_on
    from day_rates
    group by rated_currency

),

told as (

    select converted_currency as told_currency from converted
    union distinct
    select waiting_currency as told_currency from waiting_orders
    union distinct
    select event_currency as told_currency from waiting_events
    union distinct
    select currency as told_currency from stg_event_amounts where batch_key in live_batches
    union distinct
    select payment_currency as told_currency from waiting_payments
    union distinct
    select spend_currency as told_currency from waiting_spends

)

select
    told.told_currency as currency,
    converted.order_count as order_count,
    converted.original_gross_minor as original_gross_minor,
    converted.original_refunded_minor as original_refunded_minor,
    converted.gross_revenue_minor as gross_revenue_minor,
    converted.refunds_minor as refunds_minor,
    nullIf(converted.lowest_rate, 0) as lowest_rate,
    nullIf(converted.highest_rate, 0) as highest_rate,
    newest.newest_rate_on as newest_rate_on,
    waiting_orders.waiting_order_count as waiting_order_count,
    waiting_orders.waiting_gross_minor as waiting_gross_minor,
    waiting_events.waiting_event_count as waiting_event_count,
    waiting_payments.waiting_payment_count as waiting_payment_count,
    waiting_spends.waiting_spend_count as waiting_spend_count,
    least(
        ifNull(waiting_orders.first_waiting_on, waiting_events.first_event_on),
        ifNull(waiting_events.first_event_on, waiting_orders.first_waiting_on)
    ) as first_waiting_on,
    greatest(
        ifNull(waiting_orders.last_waiting_on, waiting_events.last_event_on),
        ifNull(waiting_events.last_event_on, waiting_orders.last_waiting_on)
    ) as last_waiting_on
from told
left any join converted on told.told_currency = converted.converted_currency
left any join waiting_orders on told.told_currency = waiting_orders.waiting_currency
left any join waiting_events on told.told_currency = waiting_events.event_currency
left any join waiting_payments on told.told_currency = waiting_payments.payment_currency
left any join waiting_spends on told.told_currency = waiting_spends.spend_currency
left any join newest on told.told_currency = newest.rated_currency
order by currency
