-- How many of some events count already: one row. Those of the batch {replaced_key:UInt32} do not, its place is taken.
select uniqExact(event_id) as known_count
from fct_events
where event_id in {ids:Array(String)} and batch_key in live_batches and batch_key != {replaced_key:UInt32}
