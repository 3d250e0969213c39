-- Grain: one row per kind of session that occurs. The analysis session-comparison over all days of the data; generated from it by `npm run generate`, not
-- to be edited.
create or replace view mv_user_session_analytics as
with

scoped_sessions as (
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
        product_keys,
        entry_product_key,
        exit_product_key,
        revenue_minor,
        event_types,
        view_count,
        cart_count,
        purchase_count
    from fct_sessions
    where
        started_on >= assumeNotNull((select min(day_on) from agg_daily))
        and started_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), channel))

)

select
    if(sessions.purchase_count > 0, 'purchaser', 'non_purchaser') as segment,
    count() as session_count,
    avg(sessions.duration_seconds) as mean_duration_seconds,
    quantileExactInclusive(0.5)(sessions.duration_seconds) as median_duration_seconds,
    avg(sessions.event_count) as mean_event_count,
    quantileExactInclusive(0.5)(sessions.event_count) as median_event_count,
    quantileExactInclusive(0.25)(sessions.duration_seconds) as p25_duration_seconds,
    quantileExactInclusive(0.75)(sessions.duration_seconds) as p75_duration_seconds,
    quantileExactInclusive(0.9)(sessions.duration_seconds) as p90_duration_seconds,
    quantileExactInclusive(0.25)(sessions.event_count) as p25_event_count,
    quantileExactInclusive(0.75)(sessions.event_count) as p75_event_count,
    quantileExactInclusive(0.9)(sessions.event_count) as p90_event_count
from scoped_sessions as sessions
group by segment
order by segment desc
