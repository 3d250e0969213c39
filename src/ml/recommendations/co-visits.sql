-- One row per product that somebody touched beside another before {cutoff:Date} (shop time zone), by key: up to 100 products that stand beside it in
-- people's histories, the heaviest first. A history is a person's last 30 products by when each was last viewed, put in a cart
-- or list, or bought; products up to ten apart make a pair, weighing one over the distance; a pair against the order of time
-- weighs {backward:Float64} of that. Automated traffic, cancelled orders and returns count for nothing.
with

touches as (

    select
        person_key,
        item_key,
        max(touched_at) as last_at
    from (
        select customer_key as person_key, product_key as item_key, event_at as touched_at
        from fct_events
        where customer_key != 0 and product_key != 0 and not is_bot and event_on < {cutoff:Date}
            and event_type in ('view', 'click', 'cart_add', 'wishlist_add', 'purchase')
        union all
        select customer_key as person_key, product_key as item_key, line_at as touched_at
        from fct_order_lines
        where customer_key != 0 and product_key != 0 and quantity > 0 and not is_cancelled and line_on < {cutoff:Date}
    )
    group by person_key, item_key

),

histories as (

    select arrayMap(touch -> touch.2, arraySlice(arraySort(groupArray((last_at, item_key))), -30)) as items
    from touches
    group by person_key
    having length(items) > 1

),

steps as (

    select
        items[place] as earlier_key,
        arrayJoin(arrayEnumerate(arraySlice(items, place + 1, 10))) as gap,
        items[place + gap] as later_key
    from (
        select items, arrayJoin(range(1, length(items))) as place
        from histories
    )

),

pairs as (

    select
        least(earlier_key, later_key) as low_key,
        greatest(earlier_key, later_key) as high_key,
        sumIf(1 / gap, earlier_key < later_key) as rising,
        sumIf(1 / gap, earlier_key > later_key) as falling
    from steps
    group by low_key, high_key

),

directed as (

    select arrayJoin([
        (low_key, high_key, rising + {backward:Float64} * falling),
        (high_key, low_key, falling + {backward:Float64} * rising)
    ]) as edge
    from pairs

),

ranked as (

    select
        edge.1 as from_key,
        groupArraySorted(100)((-edge.3, edge.2)) as nearest
    from directed
    group by from_key

)

select
    toString(from_key) as product_key,
    arrayMap(one -> toString(one.2), nearest) as neighbour_keys,
    arrayMap(one -> -one.1, nearest) as weights
from ranked
order by from_key
