-- One row per {grain:String} of [{period_start:Date}, {period_end:Date}), shop time zone, periods without sales included. A customer
-- is new in the {grain:String} of the first order ever, and returning in later ones. Refunds count on the day of the return.
-- Weeks start on Monday.
with

periods as (

    select distinct toDate(dateTrunc({grain:String}, {period_start:Date} + number)) as calendar_on
    from numbers(dateDiff('day', {period_start:Date}, {period_end:Date}))

),

first_orders as (

    select
        customer_key as buyer_key,
        toDate(dateTrunc({grain:String}, min(ordered_on))) as first_period_on
    from fct_orders
    where customer_key != 0 and has_positive_line and not is_cancelled
    group by buyer_key

),

buyers as (

    select
        toDate(dateTrunc({grain:String}, orders.ordered_on)) as order_period_on,
        uniqExactIf(orders.customer_key, first_orders.first_period_on = order_period_on) as new_customer_count,
        uniqExactIf(orders.customer_key, first_orders.first_period_on < order_period_on) as returning_customer_count
    from scoped_orders as orders
    inner join first_orders on orders.customer_key = first_orders.buyer_key
    group by order_period_on

),

revenues as (

    select
        toDate(dateTrunc({grain:String}, lines.line_on)) as line_period_on,
        sumIf(lines.revenue_minor, first_orders.buyer_key != 0 and first_orders.first_period_on = line_period_on) as new_revenue_minor,
        sumIf(lines.revenue_minor, first_orders.buyer_key != 0 and first_orders.first_period_on < line_period_on) as returning_revenue_minor,
        sum(lines.revenue_minor) - new_revenue_minor - returning_revenue_minor as other_revenue_minor
    from scoped_lines as lines
    left any join first_orders on lines.customer_key = first_orders.buyer_key
    group by line_period_on

)

select
    periods.calendar_on as period_on,
    buyers.new_customer_count as new_customer_count,
    buyers.returning_customer_count as returning_customer_count,
    revenues.new_revenue_minor as new_revenue_minor,
    revenues.returning_revenue_minor as returning_revenue_minor,
    revenues.other_revenue_minor as other_revenue_minor
from periods
left any join buyers on periods.calendar_on = buyers.order_period_on
left any join revenues on periods.calendar_on = revenues.line_period_on
order by period_on
