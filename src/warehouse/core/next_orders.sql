-- Orders with the amounts of their lines; days are in {time_zone:String}, amounts in {currency:String}. Tax and shipping in other
-- currencies are converted, each once. An order with a currency that has no rate on its day waits and is left out. Unless
-- {is_whole:Bool}, of touched orders.
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
        sumIf(discount_minor, quantity > 0) as discount_minor,
        min(original_currency) as first_currency,
        max(original_currency) as last_currency,
        sumIf(ifNull(original_revenue_minor, 0), original_revenue_minor > 0) as original_gross_minor,
        -sumIf(ifNull(original_revenue_minor, 0), original_revenue_minor < 0) as original_refunded_minor
    from next_fct_order_lines
    where {is_whole:Bool} or order_key in touched_orders
    group by order_key

),

foreign_parts as (

    select
        order_key,
        count() as currency_count,
        any(currency) as foreign_currency,
        sum(convert_minor(tax_minor, numerator, denominator)) as foreign_tax_minor,
        sum(convert_minor(shipping_minor, numerator, denominator)) as foreign_shipping_minor
    from order_rates
    where is_known
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
    heads.tax_minor + ifNull(parts.foreign_tax_minor, 0) as tax_minor,
    heads.shipping_minor + ifNull(parts.foreign_shipping_minor, 0) as shipping_minor,
    multiIf(
        parts.currency_count = 0, '',
        parts.currency_count > 1 or heads.tax_minor != 0 or heads.shipping_minor != 0, 'mixed',
        totals.line_count > 0 and (totals.first_currency != totals.last_currency or totals.first_currency != parts.foreign_currency), 'mixed',
        parts.foreign_currency
    ) as original_currency,
    if(original_currency in ('', 'mixed'), null, totals.original_gross_minor) as original_gross_minor,
    if(original_currency in ('', 'mixed'), null, totals.original_refunded_minor) as original_refunded_minor
from order_heads as heads
left any join line_totals as totals on heads.order_key = totals.order_key
left any join foreign_parts as parts on heads.order_key = parts.order_key
where heads.order_key not in (select order_key from order_rates where not is_known)
