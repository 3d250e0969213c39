-- Days in [{first_on:Date}, {last_on:Date}] of the shop's time zone, from the facts. Sources of events with more than one
-- session around the window are told apart by the sessions' starts; all others have one session each. A session of 24
-- hours can reach over two midnights where the clocks go forward, so two days are read on each side.
insert into next_agg_product_daily
with

window_events as (

    select
        if(session_key != 0, session_key, customer_key) as source_key,
        session_key = 0 as is_inferred,
        event_at,
        event_on,
        event_type,
        product_key,
        price_minor * quantity as amount_minor
    from fct_events
    where
        event_on >= {first_on:Date} - 2
        and event_on <= {last_on:Date} + 2
        and product_key != 0
        and event_type in ('view', 'cart_add', 'purchase')
        and not is_derived

),

several as (

    select
        source_key,
        is_inferred,
        groupArray(started_at) as starts
    from fct_sessions
    where
        slice_on >= toStartOfMonth({first_on:Date} - 5)
        and started_on >= {first_on:Date} - 4
        and started_on <= {last_on:Date} + 3
    group by source_key, is_inferred
    having count() > 1

),

session_products as (

    select
        events.source_key as source_key,
        events.is_inferred as is_inferred,
        arrayMax(arrayFilter(start -> start <= events.event_at, several.starts)) as piece_at,
        events.product_key as product_key,
        min(events.event_on) as day_on,
        max(events.event_type = 'view') as has_view,
        max(events.event_type = 'cart_add') as has_cart,
        max(events.event_type = 'purchase') as has_purchase
    from window_events as events
    left any join several on events.source_key = several.source_key and events.is_inferred = several.is_inferred
    where events.source_key != 0
    group by events.source_key, events.is_inferred, piece_at, events.product_key
    having day_on >= {first_on:Date} and day_on <= {last_on:Date}

)

select
    day_on,
    product_key,
    sum(view_count),
    sum(cart_count),
    sum(purchase_count),
    sum(viewing_session_count),
    sum(cart_session_count),
    sum(purchasing_session_count),
    sum(viewing_purchasing_session_count),
    sum(abandoned_session_count),
    sum(purchase_revenue_minor)
from (
    select
        event_on as day_on,
        product_key,
        countIf(event_type = 'view') as view_count,
        countIf(event_type = 'cart_add') as cart_count,
        countIf(event_type = 'purchase') as purchase_count,
        0 as viewing_session_count,
        0 as cart_session_count,
        0 as purchasing_session_count,
        0 as viewing_purchasing_session_count,
        0 as abandoned_session_count,
        sumIf(amount_minor, event_type = 'purchase') as purchase_revenue_minor
    from window_events
    where event_on >= {first_on:Date} and event_on <= {last_on:Date}
    group by event_on, product_key

    union all

    select
        day_on,
        product_key,
        0,
        0,
        0,
        sum(has_view),
        sum(has_cart),
        sum(has_purchase),
        sum(has_view and has_purchase),
        sum(has_cart and not has_purchase),
        0
    from session_products
    group by day_on, product_key
)
group by day_on, product_key
