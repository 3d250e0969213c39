-- One row per {grain:String} of [{period_start:Date}, {period_end:Date}), shop time zone, periods without refunds included.
-- refund_rate is against the gross revenue of the same {grain:String}, null without any. Weeks start on Monday.
with

periods as (

    select distinct toDate(dateTrunc({grain:String}, {period_start:Date} + number)) as calendar_on
    from numbers(dateDiff('day', {period_start:Date}, {period_end:Date}))

),

totals as (

    select
        toDate(dateTrunc({grain:String}, refund_lines.dated_on)) as total_on,
        uniqExactIf(refund_lines.order_key, refund_lines.revenue_minor < 0) as refund_order_count,
        -sumIf(refund_lines.revenue_minor, refund_lines.revenue_minor < 0) as refunds_minor,
        sumIf(refund_lines.revenue_minor, refund_lines.revenue_minor > 0) as gross_revenue_minor
    from refund_lines
    group by total_on

)

select
    periods.calendar_on as period_on,
    totals.refund_order_count as refund_order_count,
    totals.refunds_minor as refunds_minor,
    refunds_minor / nullIf(totals.gross_revenue_minor, 0) as refund_rate
from periods
left any join totals on periods.calendar_on = totals.total_on
order by period_on
