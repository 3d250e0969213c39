-- Grain: one session of the event log: a visitor's events without a pause of more than 30 minutes.
create or replace view store.v_event_sessions as
with placed as (
    select
        events.*,
        case when happened_at - lag(happened_at) over (partition by visitor_id order by happened_at, event_id) <= interval '30 minutes' then 0 else 1 end as is_start
    from store.events
),
numbered as (
    select placed.*, sum(is_start) over (partition by visitor_id order by happened_at, event_id) as session_number from placed
)
select
    visitor_id,
    session_number,
    min(happened_at) as started_at,
    max(happened_at) as ended_at,
    count(*) as event_count,
    max(customer_id) as customer_id,
    bool_or(event_type = 'purchase') as has_purchase
from numbered
group by visitor_id, session_number;
