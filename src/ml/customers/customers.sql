-- One row per customer with an order before {cutoff:Date} (shop time zone), by key: what is known of them at the start of that day. Cancelled
-- orders count for nothing. A day's value is what its orders brought, less what was returned of them before the cutoff; the
-- means are 0 without a repeat.
with

order_days as (

    select
        customer_key as buyer_key,
        ordered_on as bought_on,
        count() as placed_count
    from fct_orders
    where customer_key != 0 and has_positive_line and not is_cancelled and ordered_on < {cutoff:Date}
    group by buyer_key, bought_on

),

day_values as (

    select
        customer_key as payer_key,
        ordered_on as paid_on,
        sum(revenue_minor) as value_minor
    from fct_order_lines
    where customer_key != 0 and not is_cancelled and line_on < {cutoff:Date}
    group by payer_key, paid_on

),

valued_days as (

    select
        order_days.buyer_key as person_key,
        order_days.bought_on as day_on,
        order_days.placed_count as placed_count,
        day_values.value_minor as value_minor,
        min(order_days.bought_on) over (partition by order_days.buyer_key) as born_on
    from order_days
    left any join day_values on order_days.buyer_key = day_values.payer_key and order_days.bought_on = day_values.paid_on

)

select
    toString(person_key) as customer_key,
    dateDiff('day', any(born_on), {cutoff:Date}) as age_days,
    dateDiff('day', max(day_on), {cutoff:Date}) as recency_days,
    toUInt32(sum(placed_count)) as order_count,
    toUInt32(countIf(day_on > born_on)) as repeat_day_count,
    if(repeat_day_count = 0, 0, sumIf(value_minor, day_on > born_on) / repeat_day_count) as repeat_value_minor,
    toFloat64(sum(value_minor)) as net_revenue_minor
from valued_days
group by person_key
order by person_key
