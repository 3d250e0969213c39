-- Grain: one step of the funnel; sessions of the event log that took it, each counted alone.
create or replace view store.v_conversion_funnel as
select steps.step, steps.step_name, count(distinct events.session_id) as session_count
from (values (1, 'view'), (2, 'cart_add'), (3, 'checkout_start'), (4, 'purchase')) as steps (step, step_name)
left join store.events on events.event_type = steps.step_name
group by steps.step, steps.step_name;
