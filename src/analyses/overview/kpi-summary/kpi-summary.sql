-- One row for [{period_start:Date}, {period_end:Date}) in the shop's time zone. Refunds count on the day of the
-- return or, with refund_date order, of the order.
-- Customers and visitors of key 0 (unknown) are no one. Rates are null where nothing could be divided.
with

line_totals as (

    select
        sumIf(revenue_minor, revenue_minor > 0) as gross_revenue_minor,
        -sumIf(revenue_minor, revenue_minor < 0) as refunds_minor,
        sumIf(quantity, quantity > 0 and unit_price_minor > 0) as unit_count
    from dated_lines

),

order_totals as (

    select
        count() as order_count,
        uniqExactIf(customer_key, customer_key != 0) as customer_count
    from scoped_orders

),

event_totals as (

    select
        sum(event_count) as all_event_count,
        sum(visitor_count) as visitor_day_count,
        groupBitmapMerge(visitors) + uniqExactArray(further_visitors) as distinct_visitor_count
    from scoped_visitor_days

),

session_totals as (

    select
        count() as session_count,
        countIf(purchase_count > 0) as purchasing_session_count
    from scoped_sessions

)

select
    'current' as period,
    gross_revenue_minor,
    refunds_minor,
    gross_revenue_minor - refunds_minor as net_revenue_minor,
    order_count,
    customer_count,
    unit_count,
    if(order_count = 0, null, net_revenue_minor / order_count) as average_order_value_minor,
    all_event_count as event_count,
    distinct_visitor_count as visitor_count,
    if(all_event_count = 0, null, visitor_day_count / dateDiff('day', {period_start:Date}, {period_end:Date})) as mean_daily_visitor_count,
    session_count,
    if(session_count = 0, null, purchasing_session_count / session_count) as session_conversion_rate
from line_totals
cross join order_totals
cross join event_totals
cross join session_totals
order by period
