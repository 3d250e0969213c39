-- One row per customer with an order before {as_of:Date} in [{period_start:Date}, {period_end:Date}), shop time zone, and none in the
-- {days:UInt32} days before {as_of:Date}: the {limit:UInt32} of largest net revenue, ties by customer id.
with

last_orders as (

    select
        orders.customer_key as absent_key,
        max(orders.ordered_on) as last_on
    from scoped_orders as orders
    where orders.customer_key != 0 and orders.ordered_on < {as_of:Date}
    group by absent_key
    having dateDiff('day', last_on, {as_of:Date}) >= {days:UInt32}

),

revenues as (

    select
        lines.customer_key as paying_key,
        sum(lines.revenue_minor) as paid_minor
    from scoped_lines as lines
    where lines.customer_key != 0 and lines.line_on < {as_of:Date}
    group by paying_key

)

select
    people.customer_id as customer_id,
    nullIf(people.name, '') as customer_name,
    last_orders.last_on as last_order_on,
    dateDiff('day', last_orders.last_on, {as_of:Date}) as inactive_days,
    revenues.paid_minor as net_revenue_minor
from last_orders
left any join revenues on last_orders.absent_key = revenues.paying_key
left any join dim_customer as people on last_orders.absent_key = people.customer_key
order by net_revenue_minor desc, customer_id
limit {limit:UInt32}
