-- Grain: one event, as in fct_events, with the person as its customer.
create view if not exists person_events as
select events.* replace (if(identities.person_key != 0, identities.person_key, events.customer_key) as customer_key)
from fct_events as events
left any join dim_identity as identities on events.customer_key = identities.customer_key
