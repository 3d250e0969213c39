-- One row per {grain:String} of [{period_start:Date}, {period_end:Date}), shop time zone, by the day sessions started; periods without
-- sessions included, with null rates and means. Medians are exact. Weeks start on Monday.
with

periods as (

    select distinct toDate(dateTrunc({grain:String}, {period_start:Date} + number)) as calendar_on
    from numbers(dateDiff('day', {period_start:Date}, {period_end:Date}))

),

totals as (

    select
        toDate(dateTrunc({grain:String}, sessions.started_on)) as total_on,
        count() as total_count,
        countIf(sessions.purchase_count > 0) as purchasing_count,
        avg(sessions.duration_seconds) as mean_duration,
        quantileExactInclusive(0.5)(sessions.duration_seconds) as median_duration,
        avg(sessions.event_count) as mean_events
    from scoped_sessions as sessions
    group by total_on

)

select
    periods.calendar_on as period_on,
    totals.total_count as session_count,
    totals.purchasing_count as purchasing_session_count,
    if(session_count = 0, null, totals.mean_duration) as mean_duration_seconds,
    purchasing_session_count / nullIf(session_count, 0) as session_conversion_rate,
    if(session_count = 0, null, totals.median_duration) as median_duration_seconds,
    if(session_count = 0, null, totals.mean_events) as mean_event_count
from periods
left any join totals on periods.calendar_on = totals.total_on
order by period_on
