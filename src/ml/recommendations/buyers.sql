-- One row per person who bought in [{first_day:Date}, {end_day:Date}) (shop time zone), {most_people:UInt32} at most, drawn by a hash of the key: what they
-- bought then, what they had bought before, and their last 30 products before by when each was last touched, the oldest first.
-- Automated traffic, cancelled orders and returns count for nothing.
with

buyers as (

    select
        customer_key as buyer_key,
        groupUniqArray(product_key) as bought_then
    from fct_order_lines
    where customer_key != 0 and product_key != 0 and quantity > 0 and not is_cancelled
        and line_on >= {first_day:Date} and line_on < {end_day:Date}
    group by buyer_key
    order by cityHash64(buyer_key)
    limit {most_people:UInt32}

),

touches as (

    select
        person_key,
        item_key,
        max(touched_at) as last_at,
        max(is_line) as is_bought
    from (
        select customer_key as person_key, product_key as item_key, event_at as touched_at, false as is_line
        from person_events
        where customer_key in (select buyer_key from buyers) and product_key != 0 and not is_bot and event_on < {first_day:Date}
            and event_type in ('view', 'click', 'cart_add', 'wishlist_add', 'purchase')
        union all
        select customer_key as person_key, product_key as item_key, line_at as touched_at, true as is_line
        from fct_order_lines
        where customer_key in (select buyer_key from buyers) and product_key != 0 and quantity > 0 and not is_cancelled
            and line_on < {first_day:Date}
    )
    group by person_key, item_key

),

histories as (

    select
        person_key,
        arraySlice(arraySort(groupArray((last_at, item_key))), -30) as latest,
        groupArrayIf(item_key, is_bought) as bought_before
    from touches
    group by person_key

)

select
    toString(buyers.buyer_key) as customer_key,
    arrayMap(key -> toString(key), arraySort(buyers.bought_then)) as bought_then_keys,
    arrayMap(key -> toString(key), arraySort(histories.bought_before)) as bought_before_keys,
    arrayMap(touch -> toString(touch.2), histories.latest) as history_keys
from buyers
left any join histories on buyers.buyer_key = histories.person_key
order by cityHash64(buyers.buyer_key)
