-- Orders with the amounts of their lines; days are in {time_zone:String}, amounts in {currency:String}.
insert into next_fct_orders
with

line_totals as (

    select
        order_key,
        count() as line_count,
        sumIf(quantity, quantity > 0 and unit_price_minor > 0) as unit_count,
        countIf(quantity > 0 and unit_price_minor > 0) > 0 as has_positive_line,
        sumIf(revenue_minor, revenue_minor > 0) as gross_minor,
        -sumIf(revenue_minor, revenue_minor < 0) as refunded_minor,
        sumIf(discount_minor, quantity > 0) as discount_minor
    from next_fct_order_lines
    group by order_key

)

select
    heads.order_key,
    heads.order_id,
    heads.status,
    heads.is_cancelled,
    heads.channel,
    heads.customer_key,
    heads.country,
    {currency:String} as currency,
    heads.placed_at,
    toDate(heads.placed_at, {time_zone:String}) as ordered_on,
    heads.paid_at,
    heads.cancelled_at,
    totals.line_count,
    totals.unit_count,
    totals.has_positive_line,
    totals.gross_minor,
    totals.refunded_minor,
    totals.gross_minor - totals.refunded_minor as net_minor,
    totals.discount_minor,
    heads.tax_minor,
    heads.shipping_minor
from order_heads as heads
left any join line_totals as totals on heads.order_key = totals.order_key
