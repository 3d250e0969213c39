-- One row per kind of event and day with one, shop time zone, of the 63 days before the last whole one: that before
-- {as_of:Date}, or before the day of the newest refresh when that is earlier, because a day that is not over looks like a drop.
-- Purchases derived from order files are counted too.
with

ends as (

    select least({as_of:Date}, ifNull(maxOrNull(toDate(finished_at, {time_zone:String})), {as_of:Date})) as end_on
    from ops_refreshes

)

select
    event_type,
    event_on as day_on,
    any(ends.end_on) as end_on,
    count() as event_count
from fct_events
cross join ends
where event_on >= (select end_on - 63 from ends) and event_on < (select end_on from ends)
group by event_type, day_on
order by event_type, day_on
