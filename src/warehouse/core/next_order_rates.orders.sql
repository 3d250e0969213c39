-- What orders of order files have in other currencies: tax and shipping, each added up over header and lines, and whether the
-- rate of the order's day is known and takes the largest amount. Days are in {time_zone:String}.
insert into order_rates
with

headers as (

    select
        order_key as foreign_key,
        argMax(currency, (batch_key, source_row)) as foreign_currency,
        argMax(tax_minor, (batch_key, source_row)) as tax,
        argMax(shipping_minor, (batch_key, source_row)) as shipping
    from stg_orders
    where batch_key in live_batches and order_key in (select order_key from stg_orders where currency != '')
    group by foreign_key
    having foreign_currency != '' and (tax != 0 or shipping != 0)

),

parts as (

    select
        foreign_key,
        foreign_currency,
        tax,
        shipping,
        toInt64(greatest(abs(tax), abs(shipping))) as largest
    from headers
    union all
    select
        order_key as foreign_key,
        currency as foreign_currency,
        sum(tax_minor) as tax,
        sum(shipping_minor) as shipping,
        toInt64(greatest(
            max(abs(amount_minor)) + toUInt64(max(discount_minor)),
            max(abs(unit_price_minor)),
            max(abs(ifNull(unit_cost_minor, 0)))
        )) as largest
    from stg_order_lines
    where batch_key in live_batches and currency != ''
    group by foreign_key, foreign_currency

),

orders as (

    select
        parts.foreign_key as order_key,
        parts.foreign_currency as foreign_currency,
        toDate(any(heads.placed_at), {time_zone:String}) as placed_on,
        sum(parts.tax) as tax,
        sum(parts.shipping) as shipping,
        max(parts.largest) as largest
    from parts
    inner join order_heads as heads on parts.foreign_key = heads.order_key
    group by order_key, foreign_currency

)

select
    orders.order_key as order_key,
    orders.foreign_currency as currency,
    rates.rate_on as rate_on,
    rates.numerator as numerator,
    rates.denominator as denominator,
    rates.denominator != 0 and isNotNull(convert_minor(
        orders.largest + toInt64(abs(orders.tax)) + toInt64(abs(orders.shipping)), rates.numerator, rates.denominator
    )) as is_known,
    orders.tax as tax_minor,
    orders.shipping as shipping_minor
from orders
left any join day_rates as rates on orders.foreign_currency = rates.currency and orders.placed_on = rates.day_on
