-- Grain: one source of events (session id or customer) whose sessions a build of added batches may change; a step of the build.
create table if not exists touched_sources (
    source_key UInt64,
    is_inferred Bool
)
engine = MergeTree
order by (source_key, is_inferred)
