-- One row per price a product had from one day on, the newest change first: the most frequent price of its events on each day of
-- [{period_start:Date}, {period_end:Date}), shop time zone, ties by the higher; a new row where that differs from the day before
-- with events. {product_id:String} alone, or all products when empty; then first prices of the period are left out. Events
-- without a price are left out. valid_to is null for the newest price.
with

asked_products as (

    select touched.product_key as asked_key
    from scoped_events as touched
    where
        touched.price_minor > 0
        and (
            {product_id:String} = ''
            or touched.product_key in (select product_key from dim_product where product_id = {product_id:String})
        )
    group by asked_key
    having {product_id:String} != '' or min(touched.price_minor) != max(touched.price_minor)

),

prices as (

    select
        events.product_key as priced_key,
        events.event_on as priced_on,
        events.price_minor as price_minor,
        count() as event_count
    from scoped_events as events
    where
        events.price_minor > 0
        and events.product_key != 0
        and events.product_key in asked_products
    group by priced_key, priced_on, price_minor

),

-- Day (16 bits), events (48) and price (64) in one number, which sorts faster than a tuple: the last of a day is its price.
product_days as (

    select
        priced_key,
        arraySort(groupArray(
            bitShiftLeft(toUInt128(toUInt16(priced_on)), 112) + bitShiftLeft(toUInt128(event_count), 64) + price_minor
        )) as counted_prices,
        arrayMap(
            last -> (toDate(toUInt16(bitShiftRight(last, 112))), toInt64(bitAnd(last, 18446744073709551615))),
            arrayFilter(
                (one, next) -> bitShiftRight(one, 112) != bitShiftRight(next, 112),
                counted_prices,
                arrayPushBack(arrayPopFront(counted_prices), toUInt128(0))
            )
        ) as day_prices
    from prices
    group by priced_key

),

changes as (

    select
        priced_key,
        arrayFilter(
            (one, before) -> one.2 != before.2,
            day_prices,
            arrayPushFront(arrayPopBack(day_prices), (toDate(0), toInt64(0)))
        ) as price_changes
    from product_days

),

spans as (

    select
        priced_key,
        change.1 as priced_on,
        change.2 as day_price_minor,
        before_minor,
        next_on
    from changes
    array join
        price_changes as change,
        arrayPushFront(arrayPopBack(price_changes.2), toInt64(0)) as before_minor,
        arrayPushBack(arrayPopFront(arrayMap(one -> toNullable(one.1), price_changes)), null) as next_on

)

select
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    spans.priced_on as valid_from_on,
    spans.next_on as valid_to_on,
    spans.day_price_minor as price_minor,
    nullIf(spans.before_minor, 0) as previous_price_minor,
    price_minor / previous_price_minor - 1 as change_rate
from spans
inner join dim_product as products on spans.priced_key = products.product_key
where {product_id:String} != '' or spans.before_minor > 0
order by valid_from_on desc, product_id
limit {limit:UInt32}
