-- Sessions that started in [{period_start:Date}, {period_end:Date}).
-- Only sessions with an event of the chosen brands and categories, of customers of the chosen countries.
select
    source_key,
    is_inferred,
    started_at,
    started_on,
    customer_key,
    channel,
    duration_seconds,
    event_count,
    product_count,
    entry_product_key,
    exit_product_key,
    revenue_minor,
    event_types,
    view_count,
    cart_count,
    purchase_count
from fct_sessions
where
    started_on >= {period_start:Date}
    and started_on < {period_end:Date}
    and (empty({channel:Array(String)}) or has({channel:Array(String)}, channel))
    and (empty({country:Array(String)}) or customer_key in scoped_customers)
    and (
        (empty({brand:Array(String)}) and empty({category:Array(String)}))
        or (source_key, is_inferred, started_at) in (
            select
                touches.source_key,
                touches.is_inferred,
                starts.started_at
            from (
                select
                    if(session_key != 0, session_key, customer_key) as source_key,
                    session_key = 0 as is_inferred,
                    event_at
                from fct_events
                where
                    event_on >= {period_start:Date} - 1
                    and event_on <= {period_end:Date} + 1
                    and product_key in scoped_products
            ) as touches
            asof inner join (
                select
                    source_key,
                    is_inferred,
                    started_at
                from fct_sessions
            ) as starts
                on touches.source_key = starts.source_key
                and touches.is_inferred = starts.is_inferred
                and touches.event_at >= starts.started_at
        )
    )
