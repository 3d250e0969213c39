-- One row per firing, the newest first: alert, version and day, with how its sending went; times are UTC. Only of day
-- {day_on:String} when one is given, and of the alert {alert_id:String} when one is given.
select
    events.alert_id as firing_alert_id,
    events.alert_version as firing_version,
    toString(events.day_on) as firing_day,
    min(events.happened_at) as fired_at,
    argMin(events.action, events.sequence) as outcome,
    argMin(events.data_version, events.sequence) as fired_data_version,
    argMin(events.value, events.sequence) as fired_value,
    argMin(events.reference, events.sequence) as fired_reference,
    argMin(events.message, events.sequence) as fired_message,
    max(events.sequence) - 1 as attempt_count,
    max(events.happened_at) as last_at,
    argMax(events.action, events.sequence) as last_action,
    argMax(events.message, events.sequence) as last_message
from ops_alert_events as events
where
    ({day_on:String} = '' or toString(events.day_on) = {day_on:String})
    and ({alert_id:String} = '' or events.alert_id = {alert_id:String})
group by firing_alert_id, firing_version, firing_day
order by fired_at desc, firing_alert_id
limit {limit:UInt32}
