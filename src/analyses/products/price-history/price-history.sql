-- One row per price a product had from one day on, the newest change first: the most frequent price of its events on each day of
-- [{period_start:Date}, {period_end:Date}), shop time zone, ties by the higher; a new row where that differs from the day before
-- with events. {product_id:String} alone, or all products when empty; then first prices of the period are left out. Events
-- without a price are left out. valid_to is null for the newest price.
-- Events are counted by product and one number, from the highest bits down: day since 1970 (16), price in minor units (64). Two keys
-- of a fixed size are counted at half the cost of three.
with

prices as (

    select
        events.product_key as priced_key,
        bitShiftLeft(toUInt128(toUInt16(events.event_on)), 64) + events.price_minor as day_price,
        count() as event_count
    from scoped_events as events
    where
        events.price_minor > 0
        and events.product_key != 0
        and (
            {product_id:String} = ''
            or events.product_key in (select product_key from dim_product where product_id = {product_id:String})
        )
    group by priced_key, day_price

),

-- Day (16 bits), events (48) and price (64) in one number, which sorts faster than a tuple: the last of a day is its price.
product_days as (

    select
        priced_key,
        arraySort(groupArray(
            bitShiftLeft(bitShiftRight(day_price, 64), 112) + bitShiftLeft(toUInt128(event_count), 64) + toUInt64(day_price)
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
    having {product_id:String} != '' or min(toUInt64(day_price)) != max(toUInt64(day_price))

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
