-- Product days in [{first_on:Date}, {last_on:Date}] of the shop's time zone, from the facts, written to {target:Identifier}. Sessions found
-- by pauses, and given ids with more than one session around the window, are told apart by their starts in session_starts; all other
-- given ids have one session each. A session of 24 hours can reach over two midnights where the clocks go forward, so two days are read on
-- each side. The kinds of a session's events with a product are bits: 1 view, 2 cart addition, 4 purchase.
-- Of the events in {events:Identifier}: person_events; or touched_events, and then not {is_whole:Bool}. Without those of the
-- {left_out:Array(UInt32)} batches, and each number times {sign:Int8}: what touched sources contributed, to be taken away, or contribute now.
-- Of the products that are part {part:UInt16} of {part_count:UInt16}: what is grouped by product needs no other, and fits into memory.
insert into {target:Identifier}
with

window_events as (

    select
        session_key,
        if(session_key != 0, session_key, customer_key) as source_key,
        session_key = 0 as is_inferred,
        event_at,
        event_on,
        event_type,
        multiIf(event_type = 'view', 1, event_type = 'cart_add', 2, 4) as kind,
        product_key,
        price_minor * quantity as amount_minor
    from {events:Identifier}
    where
        event_on >= {first_on:Date} - 2
        and event_on <= {last_on:Date} + 2
        and product_key != 0
        and event_type in ('view', 'cart_add', 'purchase')
        and not is_derived
        and intHash32(product_key) % {part_count:UInt16} = {part:UInt16}
        and ({is_whole:Bool} or batch_key not in {left_out:Array(UInt32)})

),

session_products as (

    select
        product_key,
        min(event_on) as day_on,
        groupBitOr(kind) as kinds
    from window_events
    where session_key != 0 and session_key not in (select session_starts.source_key from session_starts where not session_starts.is_inferred)
    group by session_key, product_key

    union all

    select
        events.product_key as product_key,
        min(events.event_on) as day_on,
        groupBitOr(events.kind) as kinds
    from window_events as events
    inner join session_starts
        on events.source_key = session_starts.source_key and events.is_inferred = session_starts.is_inferred
    group by
        events.source_key,
        events.is_inferred,
        arrayMax(arrayFilter(start -> start <= events.event_at, session_starts.starts)),
        events.product_key

),

product_days as (

    select
        event_on as day_on,
        product_key,
        countIf(event_type = 'view') as view_count,
        countIf(event_type = 'cart_add') as cart_count,
        countIf(event_type = 'purchase') as purchase_count,
        sumIf(amount_minor, event_type = 'purchase') as revenue_minor
    from window_events
    where event_on >= {first_on:Date} and event_on <= {last_on:Date}
    group by event_on, product_key

),

session_product_days as (

    select
        day_on,
        product_key,
        countIf(bitTest(kinds, 0)) as viewing_count,
        countIf(bitTest(kinds, 1)) as adding_count,
        countIf(bitTest(kinds, 2)) as purchasing_count,
        countIf(bitAnd(kinds, 5) = 5) as viewing_purchasing_count,
        countIf(bitAnd(kinds, 6) = 2) as abandoned_count
    from session_products
    where day_on >= {first_on:Date} and day_on <= {last_on:Date}
    group by day_on, product_key

)

select
    product_days.day_on,
    product_days.product_key,
    {sign:Int8} * product_days.view_count,
    {sign:Int8} * product_days.cart_count,
    {sign:Int8} * product_days.purchase_count,
    {sign:Int8} * session_product_days.viewing_count,
    {sign:Int8} * session_product_days.adding_count,
    {sign:Int8} * session_product_days.purchasing_count,
    {sign:Int8} * session_product_days.viewing_purchasing_count,
    {sign:Int8} * session_product_days.abandoned_count,
    {sign:Int8} * product_days.revenue_minor
from product_days
left any join session_product_days
    on product_days.day_on = session_product_days.day_on and product_days.product_key = session_product_days.product_key
