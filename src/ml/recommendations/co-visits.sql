-- One row per product that somebody touched beside another before {cutoff:Date} (shop time zone), by key: up to 100 products that stand beside it in
-- people's histories, the heaviest first. A history is a person's last 30 products by when each was last viewed, put in a cart
-- or list, or bought; products up to five apart make a pair, weighing one over the distance; a pair against the order of time
-- weighs {backward:Float64} of that; pairs of fewer than {fewest_people:UInt32} people are left out. Automated traffic, cancelled orders and returns count for nothing.
with

touches as (

    select
        person_key,
        item_key,
        max(touched_at) as last_at
    from (
        select customer_key as person_key, product_key as item_key, event_at as touched_at
        from person_events
        where customer_key != 0 and product_key != 0 and not is_bot and event_on < {cutoff:Date}
            and event_type in ('view', 'click', 'cart_add', 'wishlist_add', 'purchase')
        union all
        select customer_key as person_key, product_key as item_key, line_at as touched_at
        from fct_order_lines
        where customer_key != 0 and product_key != 0 and quantity > 0 and not is_cancelled and line_on < {cutoff:Date}
    )
    group by person_key, item_key

),

-- Instant and product in one number: it sorts by instant, then product, and much faster than a tuple.
histories as (

    select arrayMap(
        touch -> toUInt64(bitAnd(touch, 18446744073709551615)),
        arraySlice(arraySort(groupArray(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(last_at)), 64) + item_key)), -30)
    ) as items
    from touches
    group by person_key
    having length(items) > 1

),

steps as (

    select
        gap,
        earlier_key,
        later_key
    from (select items, arrayJoin([1, 2, 3, 4, 5]) as gap from histories) as reaches
    array join
        arraySlice(items, 1, length(items) - gap) as earlier_key,
        arraySlice(items, gap + 1) as later_key
    where length(items) > gap

),

-- One over the distance in sixtieths: whole numbers for distances up to five, whose sum does not depend on the order.
pairs as (

    select
        least(earlier_key, later_key) as low_key,
        greatest(earlier_key, later_key) as high_key,
        sumIf(intDiv(60, gap), earlier_key < later_key) as rising,
        sumIf(intDiv(60, gap), earlier_key > later_key) as falling
    from steps
    group by low_key, high_key
    having count() >= {fewest_people:UInt32}

),

directed as (

    select arrayJoin([
        (low_key, high_key, (rising + {backward:Float64} * falling) / 60),
        (high_key, low_key, (falling + {backward:Float64} * rising) / 60)
    ]) as edge
    from pairs

),

-- Weight and key in one number, as above: the bits of positive floating-point numbers are in the order of the numbers, and turned
-- round they bring the heaviest first.
ranked as (

    select
        edge.1 as from_key,
        arraySlice(arraySort(groupArray(bitShiftLeft(toUInt128(bitNot(reinterpretAsUInt64(edge.3))), 64) + edge.2)), 1, 100) as nearest
    from directed
    group by from_key

)

select
    toString(from_key) as product_key,
    arrayMap(one -> toString(bitAnd(one, 18446744073709551615)), nearest) as neighbour_keys,
    arrayMap(one -> reinterpretAsFloat64(bitNot(toUInt64(bitShiftRight(one, 64)))), nearest) as weights
from ranked
order by from_key
