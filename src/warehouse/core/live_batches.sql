-- Grain: one batch whose rows count: loaded, not undone and not replaced.
create view if not exists live_batches as
select batch_key
from ops_batches final
where state = 'loaded'
