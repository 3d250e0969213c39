-- One row per {grain:String} of [{period_start:Date}, {period_end:Date}), shop time zone, periods without orders included. Tax and
-- shipping stand on the day of the order; refunds on that of the return or, with refund_date order, of the order. Weeks start on
-- Monday.
with

periods as (

    select distinct toDate(dateTrunc({grain:String}, {period_start:Date} + number)) as calendar_on
    from numbers(dateDiff('day', {period_start:Date}, {period_end:Date}))

),

goods as (

    select
        toDate(dateTrunc({grain:String}, refund_lines.dated_on)) as goods_on,
        sumIf(refund_lines.revenue_minor, refund_lines.revenue_minor > 0) as gross_revenue_minor,
        -sumIf(refund_lines.revenue_minor, refund_lines.revenue_minor < 0) as refunds_minor
    from refund_lines
    group by goods_on

),

charges as (

    select
        toDate(dateTrunc({grain:String}, orders.ordered_on)) as charged_on,
        count() as order_count,
        countIf(orders.shipping_minor != 0) as shipping_order_count,
        sum(orders.tax_minor) as tax_minor,
        sum(orders.shipping_minor) as shipping_minor
    from scoped_orders as orders
    group by charged_on

)

select
    periods.calendar_on as period_on,
    charges.order_count as order_count,
    goods.gross_revenue_minor as gross_revenue_minor,
    goods.refunds_minor as refunds_minor,
    gross_revenue_minor - refunds_minor as net_revenue_minor,
    charges.tax_minor as tax_minor,
    charges.shipping_minor as shipping_minor,
    charges.shipping_order_count as shipping_order_count,
    shipping_minor / nullIf(order_count, 0) as mean_shipping_minor
from periods
left any join goods on periods.calendar_on = goods.goods_on
left any join charges on periods.calendar_on = charges.charged_on
order by period_on
