-- Lines of purchase events: one per order, product and price; its quantity is the sum over the events. Days are in
-- {time_zone:String}. A purchase with a negative quantity is a return and stays a line of its own. Prices in another currency are
-- converted at the rate of the order's day, and an order that waits for a rate has no lines. Costs are those of the order's day.
insert into next_fct_order_lines
with

priced as (

    select
        order_key,
        event_at,
        batch_key,
        source_row,
        product_key,
        quantity,
        currency,
        if(currency = '', price_minor, original_price_minor) as told_minor,
        quantity < 0 as is_negative
    from purchase_events
    where order_key not in (select order_key from order_rates where not is_known)

),

grouped as (

    select
        priced.order_key as order_key,
        min(priced.event_at) as line_at,
        toDate(any(heads.placed_at), {time_zone:String}) as ordered_on,
        any(heads.customer_key) as customer_key,
        priced.product_key as product_key,
        any(heads.channel) as channel,
        any(heads.country) as country,
        sum(priced.quantity) as quantity,
        priced.told_minor as told_minor,
        sum(priced.quantity) * priced.told_minor as told_revenue_minor,
        priced.is_negative as is_negative,
        min(priced.source_row) as source_row,
        min(priced.batch_key) as batch_key,
        priced.currency as currency
    from priced
    inner join order_heads as heads on priced.order_key = heads.order_key
    group by priced.order_key, priced.product_key, priced.told_minor, priced.is_negative, priced.currency

),

converted as (

    select
        grouped.*,
        if(grouped.currency = '', grouped.told_minor, convert_minor(grouped.told_minor, rates.numerator, rates.denominator)) as price_minor,
        if(grouped.currency = '', grouped.told_revenue_minor, convert_minor(grouped.told_revenue_minor, rates.numerator, rates.denominator)) as amount_minor
    from grouped
    left any join order_rates as rates on grouped.order_key = rates.order_key and grouped.currency = rates.currency

)

select
    converted.order_key,
    '' as line_id,
    converted.line_at,
    toDate(converted.line_at, {time_zone:String}) as line_on,
    converted.ordered_on,
    converted.customer_key,
    converted.product_key,
    converted.channel,
    converted.country,
    false as is_cancelled,
    converted.quantity,
    converted.price_minor as unit_price_minor,
    0 as discount_minor,
    converted.amount_minor as revenue_minor,
    costs.cost_minor as unit_cost_minor,
    revenue_minor - converted.quantity * unit_cost_minor as margin_minor,
    converted.is_negative as is_return,
    converted.price_minor < 0 as is_adjustment,
    converted.source_row,
    converted.batch_key,
    converted.currency as original_currency,
    if(converted.currency = '', null, converted.told_revenue_minor) as original_revenue_minor
from converted
asof left join product_day_costs as costs
    on converted.product_key = costs.product_key and converted.ordered_on >= costs.valid_from
