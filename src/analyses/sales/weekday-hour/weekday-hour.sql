-- One row per weekday (1 Monday) and hour of the day in {time_zone:String}, all 168 of them: events, orders and lines of
-- [{period_start:Date}, {period_end:Date}). Refunds count at the time of the return. Events are counted by quarter of an hour
-- first, of which every zone has whole ones, because converting each of them would take longer than counting.
with

hours as (

    select
        intDiv(number, 24) + 1 as week_day,
        number % 24 as day_hour
    from numbers(168)

),

event_quarters as (

    select
        toStartOfFifteenMinutes(events.event_at) as quarter_at,
        count() as quarter_count
    from scoped_events as events
    group by quarter_at

),

event_hours as (

    select
        toDayOfWeek(quarter_at, 0, {time_zone:String}) as event_weekday,
        toHour(quarter_at, {time_zone:String}) as event_hour,
        sum(quarter_count) as event_count
    from event_quarters
    group by event_weekday, event_hour

),

order_hours as (

    select
        toDayOfWeek(orders.placed_at, 0, {time_zone:String}) as order_weekday,
        toHour(orders.placed_at, {time_zone:String}) as order_hour,
        count() as order_count
    from scoped_orders as orders
    group by order_weekday, order_hour

),

line_hours as (

    select
        toDayOfWeek(lines.line_at, 0, {time_zone:String}) as line_weekday,
        toHour(lines.line_at, {time_zone:String}) as line_hour,
        sum(lines.revenue_minor) as net_revenue_minor
    from scoped_lines as lines
    group by line_weekday, line_hour

)

select
    hours.week_day as weekday,
    hours.day_hour as hour,
    event_hours.event_count as event_count,
    order_hours.order_count as order_count,
    line_hours.net_revenue_minor as net_revenue_minor
from hours
left any join event_hours on hours.week_day = event_hours.event_weekday and hours.day_hour = event_hours.event_hour
left any join order_hours on hours.week_day = order_hours.order_weekday and hours.day_hour = order_hours.order_hour
left any join line_hours on hours.week_day = line_hours.line_weekday and hours.day_hour = line_hours.line_hour
order by weekday, hour
