-- One row per cart that was left for {idle_hours:UInt32} hours with items in it, by events of [{period_start:Date},
-- {period_end:Date}), shop time zone; a cart belongs to its customer across sessions, or to its session when nobody is named.
-- A cart still moving {idle_hours:UInt32} hours before the end of the period is not judged. The {limit:UInt32} of largest value,
-- ties by cart. customer_id is null when unknown.
with

moves as (

    select
        if(events.customer_key != 0, events.customer_key, events.source_key) as owner_key,
        events.customer_key != 0 as is_customer,
        events.event_at as moved_at,
        events.event_type::String as move,
        events.product_key as moved_key,
        events.price_minor as price_minor,
        greatest(1, events.quantity) as units,
        events.batch_key as batch_key,
        events.source_row as source_row
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
        countIf(is_pause) over (partition by is_customer, owner_key order by moved_at, batch_key, source_row rows between unbounded preceding and current row) as cart_number
    from (
        select
            *,
            dateDiff('millisecond', lagInFrame(moved_at, 1, moved_at) over (partition by is_customer, owner_key order by moved_at, batch_key, source_row rows between unbounded preceding and current row), moved_at)
                >= {idle_hours:UInt32} * 3600000 as is_pause
        from moves
    )

),

items as (

    select
        is_customer,
        owner_key,
        cart_number,
        moved_key,
        min(moved_at) as first_moved_at,
        max(moved_at) as last_moved_at,
        argMax(move, (moved_at, batch_key, source_row)) = 'cart_add' as is_left,
        max(move = 'cart_add') as is_added,
        max(move = 'purchase') as is_bought,
        greatest(1, sumIf(units, move = 'cart_add') - sumIf(units, move != 'cart_add')) as left_units,
        argMaxIf(price_minor, (moved_at, batch_key, source_row), move = 'cart_add') as added_price_minor
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
        min(first_moved_at) as began_at,
        max(last_moved_at) as ended_at,
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
