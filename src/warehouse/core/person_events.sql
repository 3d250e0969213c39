-- Grain: one event, as in fct_events, with the person as its customer. As long as no id of an event is tied to another this is
-- fct_events itself.
create view if not exists person_events as
select *
from fct_events
