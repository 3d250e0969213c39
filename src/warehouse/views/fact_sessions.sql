-- Grain: one session, as in fct_sessions.
create or replace view fact_sessions as
select
    toYYYYMMDD(started_on) as time_key,
    started_at,
    customer_key as user_key,
    channel,
    duration_seconds,
    event_count,
    product_count,
    view_count,
    cart_count,
    purchase_count,
    purchase_count > 0 as is_purchasing,
    revenue_minor
from fct_sessions
