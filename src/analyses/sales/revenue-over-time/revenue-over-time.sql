-- One row per {grain:String} of [{period_start:Date}, {period_end:Date}) in the shop's time zone, periods without sales
-- included. Refunds count on the day of the return or, with refund_date order, of the order. Weeks start on Monday.
with

periods as (

    select distinct calendar_period_on as period_on
    from calendar

),

revenue as (

    select
        calendar.calendar_period_on as period_on,
        sum(day_lines.day_minor) as net_revenue_minor
    from (
        select
            dated_on,
            sum(revenue_minor) as day_minor
        from dated_lines
        group by dated_on
    ) as day_lines
    inner join calendar on day_lines.dated_on = calendar.calendar_day_on
    group by period_on

),

orders as (

    select
        calendar.calendar_period_on as period_on,
        sum(day_orders.day_count) as order_count
    from (
        select
            ordered_on,
            count() as day_count
        from scoped_orders
        group by ordered_on
    ) as day_orders
    inner join calendar on day_orders.ordered_on = calendar.calendar_day_on
    group by period_on

),

joined as (

    select
        periods.period_on as period_on,
        orders.order_count as order_count,
        revenue.net_revenue_minor as net_revenue_minor
    from periods
    left any join revenue on periods.period_on = revenue.period_on
    left any join orders on periods.period_on = orders.period_on

)

select
    period_on,
    order_count,
    net_revenue_minor,
    if(order_count = 0, null, net_revenue_minor / order_count) as average_order_value_minor,
    if(
        count() over (order by period_on rows between 2 preceding and current row) < 3,
        null,
        avg(net_revenue_minor) over (order by period_on rows between 2 preceding and current row)
    ) as net_revenue_ma3_minor
from joined
order by period_on
