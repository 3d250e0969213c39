-- Payments of live batches; of several records for one payment of an order the newest counts. Orders are in
-- {orders:Identifier}. An amount in another currency is converted at the rate of its order's day, of its own day where the order
-- is unknown, days in {time_zone:String}; without a rate the payment waits and is left out.
insert into next_fct_payments
with

told as (

    select
        order_key as told_key,
        payment_number as told_number,
        argMax(order_id, (batch_key, source_row)) as told_id,
        argMax(method, (batch_key, source_row)) as told_method,
        argMax(instalment_count, (batch_key, source_row)) as told_instalments,
        argMax(amount_minor, (batch_key, source_row)) as told_minor,
        argMax(currency, (batch_key, source_row)) as told_currency,
        argMax(tuple(paid_at), (batch_key, source_row)).1 as told_at
    from stg_payments
    where batch_key in live_batches
    group by told_key, told_number

),

order_days as (

    select order_key, ordered_on
    from {orders:Identifier}
    where order_key in (select order_key from stg_payments where currency != '')

),

dated as (

    select
        told.*,
        if(order_days.order_key != 0, order_days.ordered_on, ifNull(toDate(told.told_at, {time_zone:String}), toDate(0))) as rated_on
    from told
    left any join order_days on told.told_key = order_days.order_key

)

select
    dated.told_key as order_key,
    dated.told_id as order_id,
    dated.told_number as payment_number,
    dated.told_method as method,
    dated.told_instalments as instalment_count,
    if(dated.told_currency = '', dated.told_minor, convert_minor(dated.told_minor, rates.numerator, rates.denominator)) as amount_minor,
    dated.told_key in (select order_key from {orders:Identifier}) as has_order
from dated
left any join day_rates as rates on dated.told_currency = rates.currency and dated.rated_on = rates.day_on
where amount_minor is not null
