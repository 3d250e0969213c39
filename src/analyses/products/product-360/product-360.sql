-- One row per {grain:String} of [{period_start:Date}, {period_end:Date}), shop time zone, for {product_id:String}, or for the product
-- of largest net revenue when that is empty; periods without anything included. A session counts on the day it first touched
-- the product. Refunds count on the day of the return. Prices are null without a sale. Weeks start on Monday.
with

revenues as (

    select
        lines.product_key as sold_key,
        sum(lines.revenue_minor) as sold_minor
    from scoped_lines as lines
    where lines.product_key != 0
    group by sold_key

),

chosen as (

    select
        dim_product.product_key as chosen_key,
        dim_product.product_id as chosen_id,
        dim_product.product_name as chosen_name
    from dim_product
    left any join revenues on dim_product.product_key = revenues.sold_key
    where {product_id:String} = '' or dim_product.product_id = {product_id:String}
    order by revenues.sold_minor desc, chosen_id
    limit 1

),

periods as (

    select distinct toDate(dateTrunc({grain:String}, {period_start:Date} + number)) as calendar_on
    from numbers(dateDiff('day', {period_start:Date}, {period_end:Date}))

),

touches as (

    select
        toDate(dateTrunc({grain:String}, days.day_on)) as touched_on,
        sum(days.view_count) as views,
        sum(days.cart_count) as carts,
        sum(days.viewing_session_count) as viewing,
        sum(days.cart_session_count) as carting,
        sum(days.purchasing_session_count) as purchasing
    from scoped_product_days as days
    where days.product_key in (select chosen_key from chosen)
    group by touched_on

),

sales as (

    select
        toDate(dateTrunc({grain:String}, lines.line_on)) as sold_on,
        uniqExactIf(lines.order_key, lines.quantity > 0 and lines.unit_price_minor > 0) as orders,
        sumIf(lines.quantity, lines.quantity > 0 and lines.unit_price_minor > 0) as units,
        sumIf(lines.revenue_minor, lines.quantity > 0 and lines.unit_price_minor > 0) as gross,
        -sumIf(lines.revenue_minor, lines.revenue_minor < 0) as refunded,
        sum(lines.revenue_minor) as net
    from scoped_lines as lines
    where lines.product_key in (select chosen_key from chosen)
    group by sold_on

)

select
    periods.calendar_on as period_on,
    chosen.chosen_id as product_id,
    nullIf(chosen.chosen_name, '') as product_name,
    touches.views as view_count,
    touches.carts as cart_count,
    touches.viewing as viewing_session_count,
    touches.carting as cart_session_count,
    touches.purchasing as purchasing_session_count,
    sales.orders as order_count,
    sales.units as unit_count,
    sales.net as net_revenue_minor,
    sales.refunded as refunds_minor,
    sales.gross / nullIf(sales.units, 0) as average_unit_price_minor
from periods
cross join chosen
left any join touches on periods.calendar_on = touches.touched_on
left any join sales on periods.calendar_on = sales.sold_on
order by period_on
