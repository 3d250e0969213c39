-- Grain: one source of events (session id or customer) whose sessions in the window being built may be more than one, or
-- depend on a session that started before; a step of the build.
create table if not exists session_starts (
    source_key UInt64,
    is_inferred Bool,
    starts Array(DateTime64(3, 'UTC'))
)
engine = MergeTree
order by (source_key, is_inferred)
