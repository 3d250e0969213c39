-- Lines of order files. A line without its own time takes its order's; days are in {time_zone:String}.
-- Unless {is_whole:Bool}, those of the touched orders.
insert into next_fct_order_lines
select
    lines.order_key,
    lines.line_id,
    ifNull(lines.line_at, heads.placed_at) as line_at,
    toDate(ifNull(lines.line_at, heads.placed_at), {time_zone:String}) as line_on,
    toDate(heads.placed_at, {time_zone:String}) as ordered_on,
    heads.customer_key,
    lines.product_key,
    heads.channel,
    heads.country,
    heads.is_cancelled,
    lines.quantity,
    lines.unit_price_minor,
    lines.discount_minor,
    lines.amount_minor - if(lines.quantity < 0, -1, 1) * lines.discount_minor as revenue_minor,
    lines.unit_cost_minor,
    revenue_minor - lines.quantity * lines.unit_cost_minor as margin_minor,
    lines.quantity < 0 as is_return,
    lines.unit_price_minor < 0 as is_adjustment,
    lines.source_row,
    lines.batch_key
from stg_order_lines as lines
inner join order_heads as heads on lines.order_key = heads.order_key
where lines.batch_key in live_batches and ({is_whole:Bool} or lines.order_key in touched_orders)
