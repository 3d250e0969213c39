-- What orders of purchase events have in other currencies, and whether the rate of the order's day is known and takes the largest
-- amount. Days are in {time_zone:String}.
insert into order_rates
with

orders as (

    select
        purchases.order_key as order_key,
        purchases.currency as foreign_currency,
        toDate(any(heads.placed_at), {time_zone:String}) as placed_on,
        toInt64(max(abs(purchases.original_price_minor)) * toUInt64(sum(abs(purchases.quantity)))) as largest
    from purchase_events as purchases
    inner join order_heads as heads on purchases.order_key = heads.order_key
    where purchases.currency != ''
    group by order_key, foreign_currency

)

select
    orders.order_key as order_key,
    orders.foreign_currency as currency,
    rates.rate_on as rate_on,
    rates.numerator as numerator,
    rates.denominator as denominator,
    rates.denominator != 0 and isNotNull(convert_minor(orders.largest, rates.numerator, rates.denominator)) as is_known,
    0 as tax_minor,
    0 as shipping_minor
from orders
left any join day_rates as rates on orders.foreign_currency = rates.currency and orders.placed_on = rates.day_on
