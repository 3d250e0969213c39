-- Sessions of the period, only those with an event of the chosen brands and categories, of customers of the chosen countries, without
-- flagged traffic if asked. An event belongs to the last session of its source that started before it: a start of the day after
-- may take it.
with

touches as (

    select
        if(session_key != 0, session_key, customer_key) as source_key,
        session_key = 0 as is_inferred,
        event_at
    from person_events
    where
        event_on >= {period_start:Date} - 1
        and event_on <= {period_end:Date} + 1
        and product_key in scoped_products

)

select *
from sessions_in_period
where
    ((empty({country:Array(String)}) and empty({segment:Array(String)})) or customer_key in scoped_customers)
    and (
        (empty({brand:Array(String)}) and empty({category:Array(String)}))
        or (source_key, is_inferred, started_at) in (
            select
                touches.source_key,
                touches.is_inferred,
                starts.started_at
            from touches
            asof inner join (
                select
                    source_key,
                    is_inferred,
                    started_at
                from fct_sessions
                where
                    started_on >= {period_start:Date}
                    and started_on <= {period_end:Date} + 1
                    and (source_key, is_inferred) in (select source_key, is_inferred from touches)
            ) as starts
                on touches.source_key = starts.source_key
                and touches.is_inferred = starts.is_inferred
                and touches.event_at >= starts.started_at
        )
    )
    and (
        {traffic:String} = 'everyone'
        or (
            customer_key not in (select customer_key from dim_staff)
            and (customer_key, if(customer_key = 0, source_key, 0), started_on) not in flagged_days
        )
    )
