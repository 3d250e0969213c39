-- One row per event of the experiment {experiment_id:String}, or of all when it is empty; times are UTC; in order of their happening.
select
    events.experiment_id as experiment_id,
    events.sequence as sequence,
    events.happened_at as happened_at,
    events.actor as actor,
    events.action as action,
    events.status as status,
    events.definition as definition,
    events.note as note
from ops_experiment_events as events
where {experiment_id:String} = '' or events.experiment_id = {experiment_id:String}
order by experiment_id, sequence
