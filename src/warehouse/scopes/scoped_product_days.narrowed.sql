-- Products by day in [{period_start:Date}, {period_end:Date}), from the events of the chosen channels, countries and segments. Events
-- count on their own day, a session on the day it first touched the product: so the day before the period and the day
-- after it are read too. Purchases derived from order lines are not in it, and flagged traffic is not if asked.
with

touches as (

    select
        event_on,
        event_at,
        event_type,
        product_key,
        if(session_key != 0, session_key, customer_key) as source_key,
        session_key = 0 as is_inferred
    from person_events
    where
        event_on >= {period_start:Date} - least(1, toUInt16({period_start:Date}))
        and event_on <= {period_end:Date}
        and product_key != 0
        and event_type in ('view', 'cart_add', 'purchase')
        and not is_derived
        and (empty({channel:Array(String)}) or has({channel:Array(String)}, channel))
        and ((empty({country:Array(String)}) and empty({segment:Array(String)})) or customer_key in scoped_customers)
        and ((empty({brand:Array(String)}) and empty({category:Array(String)})) or product_key in scoped_products)
        and (
            {traffic:String} = 'everyone'
            or (
                not is_bot
                and not is_staff
                and customer_key not in (select customer_key from dim_staff)
                and (customer_key, if(customer_key = 0, session_key, 0), event_on) not in flagged_days
            )
        )

),

starts as (

    select
        source_key,
        is_inferred,
        started_at
    from fct_sessions
    where started_on >= {period_start:Date} - least(3, toUInt16({period_start:Date})) and started_on <= {period_end:Date}

),

session_products as (

    select
        min(touches.event_on) as first_on,
        touches.product_key as touched_key,
        max(touches.event_type = 'view') as has_view,
        max(touches.event_type = 'cart_add') as has_cart,
        max(touches.event_type = 'purchase') as has_purchase
    from touches
    asof inner join starts
        on touches.source_key = starts.source_key
        and touches.is_inferred = starts.is_inferred
        and touches.event_at >= starts.started_at
    group by touches.source_key, touches.is_inferred, starts.started_at, touched_key
    having first_on >= {period_start:Date} and first_on < {period_end:Date}

)

select
    event_on as day_on,
    product_key,
    countIf(event_type = 'view') as view_count,
    countIf(event_type = 'cart_add') as cart_count,
    countIf(event_type = 'purchase') as purchase_count,
    0 as viewing_session_count,
    0 as cart_session_count,
    0 as purchasing_session_count,
    0 as abandoned_session_count
from touches
where event_on >= {period_start:Date} and event_on < {period_end:Date}
group by event_on, product_key

union all

select
    first_on,
    touched_key,
    0,
    0,
    0,
    sum(has_view),
    sum(has_cart),
    sum(has_purchase),
    sum(has_cart and not has_purchase)
from session_products
group by first_on, touched_key
