-- One row per kind of session started in [{period_start:Date}, {period_end:Date}), shop time zone: with a purchase event
-- and without. Medians are exact: the middle value, or the mean of the two middle values.
select
    if(sessions.purchase_count > 0, 'purchaser', 'non_purchaser') as segment,
    count() as session_count,
    avg(sessions.duration_seconds) as mean_duration_seconds,
    quantileExactInclusive(0.5)(sessions.duration_seconds) as median_duration_seconds,
    avg(sessions.event_count) as mean_event_count,
    quantileExactInclusive(0.5)(sessions.event_count) as median_event_count
from scoped_sessions as sessions
group by segment
order by segment desc
