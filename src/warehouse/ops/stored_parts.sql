-- Grain: one part of a table: rows as the engine keeps them together. On a cluster those of every node, and of what each node has a copy of
-- the first one's.
create view if not exists stored_parts as
select
    table,
    name,
    partition_id,
    rows,
    hash_of_all_files,
    has_lightweight_delete
from system.parts
where database = currentDatabase() and active
