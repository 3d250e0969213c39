-- Grain: one column of a part of a table, as stored_parts.
create or replace view stored_columns definer = current_user sql security definer as
select
    table,
    name,
    column,
    part_type,
    rows,
    column_data_uncompressed_bytes,
    column_data_compressed_bytes,
    data_uncompressed_bytes,
    data_compressed_bytes
from system.parts_columns
where database = currentDatabase() and active
