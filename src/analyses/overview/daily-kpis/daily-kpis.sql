-- One row per day of [{period_start:Date}, {period_end:Date}) in the shop's time zone, with zeros where nothing happened.
-- Refunds count on the day of the return.
with

days as (

    select {period_start:Date} + number as day_on
    from numbers(dateDiff('day', {period_start:Date}, {period_end:Date}))

),

event_days as (

    select
        day_on as event_on,
        event_count,
        visitor_count,
        purchase_event_count
    from scoped_visitor_days

),

session_days as (

    select
        started_on,
        count() as session_count
    from scoped_sessions
    group by started_on

),

order_days as (

    select
        ordered_on,
        count() as order_count
    from scoped_orders
    group by ordered_on

),

line_days as (

    select
        line_on,
        sumIf(quantity, quantity > 0 and unit_price_minor > 0) as unit_count,
        sumIf(revenue_minor, revenue_minor > 0) as gross_revenue_minor,
        -sumIf(revenue_minor, revenue_minor < 0) as refunds_minor
    from scoped_lines
    group by line_on

)

select
    days.day_on as day_on,
    event_days.event_count as event_count,
    event_days.visitor_count as visitor_count,
    session_days.session_count as session_count,
    event_days.purchase_event_count as purchase_event_count,
    order_days.order_count as order_count,
    line_days.unit_count as unit_count,
    line_days.gross_revenue_minor as gross_revenue_minor,
    line_days.refunds_minor as refunds_minor,
    line_days.gross_revenue_minor - line_days.refunds_minor as net_revenue_minor
from days
left any join event_days on days.day_on = event_days.event_on
left any join session_days on days.day_on = session_days.started_on
left any join order_days on days.day_on = order_days.ordered_on
left any join line_days on days.day_on = line_days.line_on
order by day_on
