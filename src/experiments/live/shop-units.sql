-- One row per customer with a session or an order in the {window_days:UInt16} days before {as_of:Date} (days of the shop's zone): what they
-- ordered in them, and what they spent in as many days before those. By customer.
with

seen as (

    select customer_key
    from fct_sessions
    where customer_key != 0
        and started_on >= {as_of:Date} - {window_days:UInt16}
        and started_on < {as_of:Date}
    union distinct
    select customer_key
    from fct_orders
    where customer_key != 0
        and has_positive_line
        and not is_cancelled
        and ordered_on >= {as_of:Date} - {window_days:UInt16}
        and ordered_on < {as_of:Date}

),

spent as (

    select
        customer_key,
        countIf(ordered_on >= {as_of:Date} - {window_days:UInt16}) as orders_in_window,
        sumIf(net_minor, ordered_on >= {as_of:Date} - {window_days:UInt16}) as net_in_window,
        sumIf(net_minor, ordered_on < {as_of:Date} - {window_days:UInt16}) as net_before
    from fct_orders
    where customer_key != 0
        and has_positive_line
        and not is_cancelled
        and ordered_on >= {as_of:Date} - 2 * {window_days:UInt16}
        and ordered_on < {as_of:Date}
    group by customer_key

)

select
    toFloat64(spent.orders_in_window) as order_count,
    toFloat64(spent.net_in_window) as net_minor,
    toFloat64(spent.net_before) as before_minor
from seen
left join spent on spent.customer_key = seen.customer_key
order by seen.customer_key
