-- One row per person of asked_people (asked_key, cutoff_on) who did or ordered something in the 365 days before their cutoff (shop time zone), by key:
-- features of what happened before that day, and whether an order follows within {horizon_days:UInt16} days of it. Null where a feature does not exist.
-- Sessions count when they began two days before or earlier: only then are they over by the cutoff, as none lasts longer than 24 hours. Of all people
-- those whose key leaves {part:UInt32} when divided by {part_count:UInt32}.
with

signs_of_life as (

    select
        person_key,
        any(known_to) as known_until,
        min(seen_on) as first_on,
        max(seen_on) as last_on
    from (
        select customer_key as person_key, cutoff_on as known_to, event_on as seen_on
        from person_events
        inner join asked_people on customer_key = asked_key
        where customer_key != 0 and customer_key % {part_count:UInt32} = {part:UInt32} and event_on < cutoff_on
        union all
        select customer_key as person_key, cutoff_on as known_to, ordered_on as seen_on
        from fct_orders
        inner join asked_people on customer_key = asked_key
        where customer_key != 0 and customer_key % {part_count:UInt32} = {part:UInt32} and has_positive_line and not is_cancelled and ordered_on < cutoff_on
    )
    group by person_key

),

events as (

    select
        customer_key as actor_key,
        count() as event_count,
        countIf(event_type = 'view') as view_count,
        countIf(event_type = 'cart_add') as cart_count,
        countIf(event_on >= cutoff_on - 30) as event_30_count,
        countIf(event_type = 'cart_add' and event_on >= cutoff_on - 30) as cart_30_count,
        countIf(event_on >= cutoff_on - 7) as event_7_count,
        uniqExactIf(product_key, product_key != 0) as product_count,
        topKIf(1)(channel::String, channel != '')[1] as main_channel
    from person_events
    inner join asked_people on customer_key = asked_key
    where customer_key != 0 and customer_key % {part_count:UInt32} = {part:UInt32} and event_on < cutoff_on
    group by actor_key

),

visits as (

    select
        customer_key as visitor_key,
        count() as session_count,
        avg(duration_seconds) as mean_session_seconds
    from fct_sessions
    inner join asked_people on customer_key = asked_key
    where customer_key != 0 and customer_key % {part_count:UInt32} = {part:UInt32} and started_on < cutoff_on - 1
    group by visitor_key

),

orders as (

    select
        customer_key as buyer_key,
        countIf(ordered_on < cutoff_on) as order_count,
        countIf(ordered_on < cutoff_on and ordered_on >= cutoff_on - 90) as order_90_count,
        maxIf(ordered_on, ordered_on < cutoff_on) as last_order_on,
        sumIf(gross_minor, ordered_on < cutoff_on) as gross_minor,
        countIf(ordered_on >= cutoff_on) > 0 as is_ordering
    from fct_orders
    inner join asked_people on customer_key = asked_key
    where customer_key != 0 and customer_key % {part_count:UInt32} = {part:UInt32} and has_positive_line and not is_cancelled and ordered_on < cutoff_on + {horizon_days:UInt16}
    group by buyer_key

),

touched_products as (

    select
        events_of.customer_key as fan_key,
        products.category as category,
        products.brand as brand,
        count() as touch_count
    from person_events as events_of
    inner join dim_product as products on events_of.product_key = products.product_key
    inner join asked_people on events_of.customer_key = asked_people.asked_key
    where events_of.customer_key != 0 and events_of.customer_key % {part_count:UInt32} = {part:UInt32} and events_of.event_on < cutoff_on
    group by fan_key, category, brand

),

tastes as (

    select
        fan_key,
        argMax(category, (category_count, category)) as main_category,
        argMax(brand, (brand_count, brand)) as preferred_brand
    from (
        select
            fan_key,
            category,
            brand,
            sum(touch_count) over (partition by fan_key, category) as category_count,
            sum(touch_count) over (partition by fan_key, brand) as brand_count
        from touched_products
    )
    group by fan_key

)

select
    toString(signs_of_life.person_key) as customer_key,
    toUInt8(orders.is_ordering) as label,
    toFloat64(events.event_count) as event_count,
    toFloat64(events.view_count) as view_count,
    toFloat64(events.cart_count) as cart_count,
    toFloat64(events.event_30_count) as event_30_count,
    toFloat64(events.cart_30_count) as cart_30_count,
    toFloat64(events.event_7_count) as event_7_count,
    toFloat64(events.product_count) as product_count,
    toFloat64(dateDiff('day', signs_of_life.first_on, signs_of_life.last_on)) as active_span_days,
    toFloat64(dateDiff('day', signs_of_life.last_on, signs_of_life.known_until)) as recency_days,
    toFloat64(dateDiff('day', ifNull(people.registered_on, signs_of_life.first_on), signs_of_life.known_until)) as tenure_days,
    toFloat64(visits.session_count) as session_count,
    if(visits.session_count = 0, null, visits.mean_session_seconds) as mean_session_seconds,
    toFloat64(orders.order_count) as order_count,
    toFloat64(orders.order_90_count) as order_90_count,
    if(orders.order_count = 0, null, toFloat64(dateDiff('day', orders.last_order_on, signs_of_life.known_until))) as order_recency_days,
    if(orders.order_count = 0, null, orders.gross_minor / orders.order_count) as mean_order_minor,
    nullIf(tastes.main_category, '') as main_category,
    nullIf(tastes.preferred_brand, '') as preferred_brand,
    toFloat64(people.age) as age,
    nullIf(events.main_channel, '') as main_channel,
    nullIf(people.country, '') as country
from signs_of_life
left any join events on signs_of_life.person_key = events.actor_key
left any join visits on signs_of_life.person_key = visits.visitor_key
left any join orders on signs_of_life.person_key = orders.buyer_key
left any join tastes on signs_of_life.person_key = tastes.fan_key
left any join dim_customer as people on signs_of_life.person_key = people.customer_key
where signs_of_life.last_on >= signs_of_life.known_until - 365
order by signs_of_life.person_key
