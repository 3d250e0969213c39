-- Lines of purchase events: one per order, product and price; its quantity is the sum over the events. Days are in
-- {time_zone:String}. A purchase with a negative quantity is a return and stays a line of its own.
insert into next_fct_order_lines
select
    purchases.order_key,
    '' as line_id,
    min(purchases.event_at) as line_at,
    toDate(line_at, {time_zone:String}) as line_on,
    toDate(any(heads.placed_at), {time_zone:String}) as ordered_on,
    any(heads.customer_key) as customer_key,
    purchases.product_key,
    any(heads.channel) as channel,
    any(heads.country) as country,
    false as is_cancelled,
    sum(purchases.quantity) as quantity,
    purchases.price_minor as unit_price_minor,
    0 as discount_minor,
    sum(purchases.quantity) * purchases.price_minor as revenue_minor,
    null as unit_cost_minor,
    null as margin_minor,
    purchases.is_negative as is_return,
    purchases.price_minor < 0 as is_adjustment,
    min(purchases.source_row) as source_row,
    min(purchases.batch_key) as batch_key
from (
    select
        *,
        quantity < 0 as is_negative
    from purchase_events
) as purchases
inner join order_heads as heads on purchases.order_key = heads.order_key
group by purchases.order_key, purchases.product_key, purchases.price_minor, purchases.is_negative
