-- Grain: one row per day, week, month, quarter or year, of the calendar or the fiscal year. The analysis revenue-over-time over all days of the data, grain=day; generated from it by `npm run generate`, not
-- to be edited.
create or replace view vw_daily_revenue as
with

scoped_orders as (
    select
        order_key,
        order_id,
        status,
        channel,
        customer_key,
        country,
        placed_at,
        ordered_on,
        line_count,
        unit_count,
        gross_minor,
        refunded_minor,
        net_minor,
        discount_minor,
        tax_minor,
        shipping_minor
    from fct_orders
    where
        ordered_on >= assumeNotNull((select min(day_on) from agg_daily))
        and ordered_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and has_positive_line
        and (not is_cancelled or false)
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), channel))
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), country))

),

calendar as (
    select
        toDate(assumeNotNull((select min(day_on) from agg_daily)) + number) as calendar_day_on,
        toDate(dateTrunc('day', calendar_day_on)) as calendar_period_on
    from numbers(dateDiff('day', assumeNotNull((select min(day_on) from agg_daily)), assumeNotNull((select max(day_on) + 1 from agg_daily))))

),

scoped_lines as (
    select
        order_key,
        line_at,
        line_on,
        ordered_on,
        customer_key,
        product_key,
        channel,
        country,
        quantity,
        unit_price_minor,
        discount_minor,
        revenue_minor,
        unit_cost_minor,
        margin_minor,
        is_return,
        is_adjustment
    from fct_order_lines
    where
        line_on >= assumeNotNull((select min(day_on) from agg_daily))
        and line_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and (not is_cancelled or false)
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), channel))
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), country))

),

dated_lines as (
    select
        line_on as dated_on,
        revenue_minor
    from scoped_lines

),

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
