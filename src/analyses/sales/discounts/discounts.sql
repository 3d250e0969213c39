-- One row per {grain:String} of [{period_start:Date}, {period_end:Date}), shop time zone, periods without sales included: what
-- positive lines would have brought without their discounts. Rates are null without sales. Weeks start on Monday.
with

periods as (

    select distinct toDate(dateTrunc({grain:String}, {period_start:Date} + number)) as calendar_on
    from numbers(dateDiff('day', {period_start:Date}, {period_end:Date}))

),

sales as (

    select
        toDate(dateTrunc({grain:String}, lines.line_on)) as sold_on,
        uniqExact(lines.order_key) as order_count,
        uniqExactIf(lines.order_key, lines.discount_minor > 0) as discounted_order_count,
        sum(lines.revenue_minor + lines.discount_minor) as list_revenue_minor,
        sum(lines.discount_minor) as discount_minor,
        sum(lines.revenue_minor) as gross_revenue_minor
    from scoped_lines as lines
    where lines.quantity > 0 and lines.unit_price_minor > 0
    group by sold_on

)

select
    periods.calendar_on as period_on,
    sales.order_count as order_count,
    sales.discounted_order_count as discounted_order_count,
    discounted_order_count / nullIf(order_count, 0) as discounted_order_share_rate,
    sales.list_revenue_minor as list_revenue_minor,
    sales.discount_minor as discount_minor,
    sales.gross_revenue_minor as gross_revenue_minor,
    discount_minor / nullIf(list_revenue_minor, 0) as discount_rate
from periods
left any join sales on periods.calendar_on = sales.sold_on
order by period_on
