-- Grain: one event of the batch being loaded. Attached to fct_events partition by partition when the whole file is in,
-- so that facts never hold half a file.
create table if not exists load_events as fct_events
