-- One row per kind of session started in [{period_start:Date}, {period_end:Date}), shop time zone: with a purchase event
-- and without. Medians and other quantiles are exact, with linear interpolation between values.
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
