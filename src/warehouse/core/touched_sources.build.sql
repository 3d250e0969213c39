-- Sources of the events of the added batches, on days in [{first_on:Date}, {last_on:Date}] of the shop's time zone; and of those
-- whose customer moved to another person, found by pauses for the person left and the one joined.
insert into touched_sources
select distinct
    if(session_key != 0, session_key, customer_key) as source_key,
    session_key = 0 as is_inferred
from person_events
where
    batch_key in {added:Array(UInt32)}
    and event_on >= {first_on:Date}
    and event_on <= {last_on:Date}
    and not is_derived
    and (session_key != 0 or customer_key != 0)

union distinct

select
    arrayJoin(if(events.session_key != 0, [events.session_key], [moved.old_person_key, moved.new_person_key])) as source_key,
    events.session_key = 0 as is_inferred
from fct_events as events
inner join moved_customers as moved on events.customer_key = moved.customer_key
where not events.is_derived
