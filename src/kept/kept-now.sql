-- One row per thing of {kind:String} that is not deleted, oldest first; times are UTC. Only {id:String}, or all when empty.
-- made_by and made_at are those of its first saving.
select
    events.id as kept_id,
    max(events.sequence) as version,
    argMin(events.actor, events.sequence) as made_by,
    min(events.happened_at) as made_at,
    argMax(events.action, events.sequence) as last_action,
    argMax(events.content, events.sequence) as last_content
from ops_kept_events as events
where
    events.kind = {kind:String}
    and ({id:String} = '' or events.id = {id:String})
group by kept_id
order by made_at, kept_id
