-- Lines of order files. A line without its own time takes its order's; days are in {time_zone:String}. Amounts in another
-- currency are converted at the rate of the order's day, those of returns too, and an order that waits for a rate has no lines.
-- A line without its own cost takes its product's of the order's day. Unless {is_whole:Bool}, those of the touched orders.
insert into next_fct_order_lines
with

dated as (

    select
        lines.order_key as order_key,
        lines.line_id as line_id,
        ifNull(lines.line_at, heads.placed_at) as line_at,
        toDate(heads.placed_at, {time_zone:String}) as ordered_on,
        heads.customer_key as customer_key,
        lines.product_key as product_key,
        heads.channel as channel,
        heads.country as country,
        heads.is_cancelled as is_cancelled,
        lines.quantity as quantity,
        lines.unit_price_minor as unit_price_minor,
        lines.discount_minor as discount_minor,
        lines.amount_minor - if(lines.quantity < 0, -1, 1) * lines.discount_minor as revenue_minor,
        lines.unit_cost_minor as unit_cost_minor,
        lines.source_row as source_row,
        lines.batch_key as batch_key,
        lines.currency as currency
    from stg_order_lines as lines
    inner join order_heads as heads on lines.order_key = heads.order_key
    where
        lines.batch_key in live_batches
        and ({is_whole:Bool} or lines.order_key in touched_orders)
        and lines.order_key not in (select order_key from order_rates where not is_known)

),

converted as (

    select
        dated.order_key as order_key,
        dated.line_id as line_id,
        dated.line_at as line_at,
        dated.ordered_on as ordered_on,
        dated.customer_key as customer_key,
        dated.product_key as product_key,
        dated.channel as channel,
        dated.country as country,
        dated.is_cancelled as is_cancelled,
        dated.quantity as quantity,
        dated.currency as original_currency,
        dated.revenue_minor as original_revenue_minor,
        dated.source_row as source_row,
        dated.batch_key as batch_key,
        if(original_currency = '', dated.unit_price_minor, convert_minor(dated.unit_price_minor, rates.numerator, rates.denominator)) as price_minor,
        if(original_currency = '', dated.discount_minor, convert_minor(dated.discount_minor, rates.numerator, rates.denominator)) as reduction_minor,
        if(original_currency = '', dated.revenue_minor, convert_minor(dated.revenue_minor, rates.numerator, rates.denominator)) as amount_minor,
        if(original_currency = '', dated.unit_cost_minor, convert_minor(dated.unit_cost_minor, rates.numerator, rates.denominator)) as own_cost_minor
    from dated
    left any join order_rates as rates on dated.order_key = rates.order_key and dated.currency = rates.currency

)

select
    converted.order_key,
    converted.line_id,
    converted.line_at,
    toDate(converted.line_at, {time_zone:String}) as line_on,
    converted.ordered_on,
    converted.customer_key,
    converted.product_key,
    converted.channel,
    converted.country,
    converted.is_cancelled,
    converted.quantity,
    converted.price_minor as unit_price_minor,
    converted.reduction_minor as discount_minor,
    converted.amount_minor as revenue_minor,
    ifNull(converted.own_cost_minor, costs.cost_minor) as unit_cost_minor,
    revenue_minor - converted.quantity * unit_cost_minor as margin_minor,
    converted.quantity < 0 as is_return,
    converted.price_minor < 0 as is_adjustment,
    converted.source_row,
    converted.batch_key,
    converted.original_currency,
    if(converted.original_currency = '', null, converted.original_revenue_minor) as original_revenue_minor
from converted
asof left join product_day_costs as costs
    on converted.product_key = costs.product_key and converted.ordered_on >= costs.valid_from
