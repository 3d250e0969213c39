-- One row per day (shop time zone) on which the store or the warehouse has an order of the store ('S-' ids), in
-- [{period_start:Date}, {period_end:Date}): each side's orders, amounts and units by the day the order was placed, and the
-- first order that differs; null when the day agrees. An order that only one side has counts as 0 on the other.
with

store_orders as (

    select
        order_id,
        toDate(placed_at, {time_zone:String}) as placed_on,
        gross_minor,
        refunds_minor,
        unit_count
    from ops_store_orders

),

warehouse_orders as (

    select
        orders.order_id as order_id,
        any(orders.ordered_on) as placed_on,
        sumIf(lines.revenue_minor, lines.revenue_minor > 0) as gross_minor,
        -sumIf(lines.revenue_minor, lines.revenue_minor < 0) as refunds_minor,
        sum(lines.quantity) as unit_count
    from fct_orders as orders
    inner join fct_order_lines as lines on orders.order_key = lines.order_key
    where startsWith(orders.order_id, 'S-') and not orders.is_cancelled
    group by orders.order_id

),

both_sides as (

    select
        if(store_orders.order_id != '', store_orders.order_id, warehouse_orders.order_id) as order_id,
        if(store_orders.order_id != '', store_orders.placed_on, warehouse_orders.placed_on) as day_on,
        store_orders.order_id != '' as is_in_store,
        warehouse_orders.order_id != '' as is_in_warehouse,
        store_orders.gross_minor as store_gross,
        warehouse_orders.gross_minor as warehouse_gross,
        store_orders.refunds_minor as store_refunds,
        warehouse_orders.refunds_minor as warehouse_refunds,
        store_orders.unit_count as store_units,
        warehouse_orders.unit_count as warehouse_units,
        not (
            is_in_store and is_in_warehouse
            and store_orders.placed_on = warehouse_orders.placed_on
            and store_gross = warehouse_gross and store_refunds = warehouse_refunds and store_units = warehouse_units
        ) as is_different
    from store_orders
    full outer join warehouse_orders on store_orders.order_id = warehouse_orders.order_id

)

select
    day_on,
    countIf(is_in_store) as store_order_count,
    countIf(is_in_warehouse) as warehouse_order_count,
    sum(store_gross) as store_gross_revenue_minor,
    sum(warehouse_gross) as warehouse_gross_revenue_minor,
    sum(store_refunds) as store_refunds_minor,
    sum(warehouse_refunds) as warehouse_refunds_minor,
    store_gross_revenue_minor - store_refunds_minor as store_net_revenue_minor,
    warehouse_gross_revenue_minor - warehouse_refunds_minor as warehouse_net_revenue_minor,
    sum(store_units) as store_unit_count,
    sum(warehouse_units) as warehouse_unit_count,
    countIf(is_different) as differing_order_count,
    minOrNullIf(order_id, is_different) as first_differing_order_id
from both_sides
where day_on >= {period_start:Date} and day_on < {period_end:Date}
group by day_on
order by day_on
