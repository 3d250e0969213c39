-- One row per kind of event in [{period_start:Date}, {period_end:Date}), shop time zone, purchases derived from orders
-- included. Kinds that did not happen have no row.
select
    events.event_type as event_type,
    count() as event_count,
    count() / sum(count()) over () as event_share_rate
from scoped_events as events
group by event_type
order by event_count desc, event_type
