-- One row per product that somebody touched before {cutoff:Date} (shop time zone), by key: the people who did, and those who bought it in the 30 days
-- before. Automated traffic, cancelled orders and returns count for nothing.
select
    toString(item_key) as product_key,
    toUInt32(uniq(person_key)) as people_count,
    toUInt32(uniqIf(person_key, is_bought and touched_on >= {cutoff:Date} - 30)) as recent_buyer_count
from (
    select customer_key as person_key, product_key as item_key, event_on as touched_on, false as is_bought
    from person_events
    where customer_key != 0 and product_key != 0 and not is_bot and event_on < {cutoff:Date}
        and event_type in ('view', 'click', 'cart_add', 'wishlist_add', 'purchase')
    union all
    select customer_key as person_key, product_key as item_key, line_on as touched_on, true as is_bought
    from fct_order_lines
    where customer_key != 0 and product_key != 0 and quantity > 0 and not is_cancelled and line_on < {cutoff:Date}
)
group by item_key
order by item_key
