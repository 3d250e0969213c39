-- One row per cart that was left for {idle_hours:UInt32} hours with items in it, by events of [{period_start:Date},
-- {period_end:Date}), shop time zone; a cart belongs to its customer across sessions, or to its session when nobody is named.
-- A cart still moving {idle_hours:UInt32} hours before the end of the period is not judged. The {limit:UInt32} of largest value,
-- ties by cart. customer_id is null when unknown.
-- A move's place is one 128-bit number, from the highest bits down: milliseconds since 1970 (47), batch (32), row (48), whether
-- something was added (1). The last place of a product in a cart therefore tells whether it was left there.
with

moves as (

    select
        if(events.customer_key != 0, events.customer_key, events.source_key) as owner_key,
        events.customer_key != 0 as is_customer,
        events.event_type as move,
        bitShiftLeft(toUInt128(toUnixTimestamp64Milli(events.event_at)), 81)
            + bitShiftLeft(toUInt128(events.batch_key), 49)
            + bitShiftLeft(toUInt128(events.source_row), 1)
            + (move = 'cart_add') as place,
        events.product_key as moved_key,
        events.price_minor as price_minor,
        greatest(1, events.quantity) as units
    from scoped_events as events
    where
        events.event_type in ('cart_add', 'cart_remove', 'purchase')
        and not events.is_derived
        and events.product_key != 0
        and events.source_key != 0

),

numbered_moves as (

    select
        *,
        countIf(is_pause) over (partition by is_customer, owner_key order by place rows between unbounded preceding and current row) as cart_number
    from (
        select
            *,
            bitShiftRight(place, 81) - bitShiftRight(
                lagInFrame(place, 1, place) over (partition by is_customer, owner_key order by place rows between unbounded preceding and current row), 81
            ) >= {idle_hours:UInt32} * 3600000 as is_pause
        from moves
    )

),

items as (

    select
        is_customer,
        owner_key,
        cart_number,
        moved_key,
        min(place) as first_place,
        max(place) as last_place,
        bitAnd(last_place, 1) = 1 as is_left,
        max(move = 'cart_add') as is_added,
        max(move = 'purchase') as is_bought,
        greatest(1, sumIf(units, move = 'cart_add') - sumIf(units, move != 'cart_add')) as left_units,
        argMaxIf(price_minor, place, move = 'cart_add') as added_price_minor
    from numbered_moves
    group by is_customer, owner_key, cart_number, moved_key

),

followed_items as (

    select
        *,
        max(is_bought) over following_carts as is_bought_later,
        max(is_added) over following_carts as is_added_again
    from items
    window following_carts as (partition by is_customer, owner_key, moved_key order by cart_number rows between 1 following and unbounded following)

),

carts as (

    select
        is_customer,
        owner_key,
        cart_number,
        fromUnixTimestamp64Milli(toInt64(bitShiftRight(min(first_place), 81)), 'UTC') as began_at,
        fromUnixTimestamp64Milli(toInt64(bitShiftRight(max(last_place), 81)), 'UTC') as ended_at,
        sumIf(left_units, is_left and (is_bought_later or not is_added_again)) as left_count,
        sumIf(
            left_units * if(added_price_minor > 0, added_price_minor, ifNull(products.price_minor, 0)),
            is_left and (is_bought_later or not is_added_again)
        ) as left_minor,
        max(is_left and is_bought_later) as is_bought_back
    from followed_items
    left any join dim_product as products on followed_items.moved_key = products.product_key
    group by is_customer, owner_key, cart_number
    having
        left_count > 0
        and dateDiff('millisecond', ended_at, toDateTime64({period_end:Date}, 3, {time_zone:String})) >= {idle_hours:UInt32} * 3600000

)

select
    concat(
        if(carts.is_customer, people.customer_id, concat('session ', toString(carts.owner_key))),
        '@',
        formatDateTime(carts.began_at, '%Y-%m-%dT%H:%i:%SZ', 'UTC')
    ) as cart_id,
    if(carts.is_customer, people.customer_id, null) as customer_id,
    carts.ended_at as last_active_at,
    carts.left_count as item_count,
    carts.left_minor as value_at_risk_minor,
    toBool(carts.is_bought_back) as is_recovered
from carts
left any join dim_customer as people on carts.owner_key = people.customer_key
order by value_at_risk_minor desc, cart_id
limit {limit:UInt32}
