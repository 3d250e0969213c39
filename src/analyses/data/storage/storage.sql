-- One row per column of each table that holds rows, the largest first. The engine keeps parts of a few rows in one piece and
-- counts their bytes together: they are the row '(small parts)'.
with

columns_of_parts as (

    select
        table,
        if(part_type = 'Compact', '(small parts)', column) as shown_column,
        name as part,
        any(rows) as part_rows,
        if(part_type = 'Compact', any(data_uncompressed_bytes), sum(column_data_uncompressed_bytes)) as part_raw_bytes,
        if(part_type = 'Compact', any(data_compressed_bytes), sum(column_data_compressed_bytes)) as part_stored_bytes
    from stored_columns
    where rows > 0
    group by table, shown_column, part, part_type

)

select
    table as table_name,
    shown_column as column_name,
    sum(part_rows) as row_count,
    sum(part_raw_bytes) as raw_bytes,
    sum(part_stored_bytes) as stored_bytes,
    stored_bytes / row_count as bytes_per_row
from columns_of_parts
group by table_name, column_name
order by stored_bytes desc, table_name, column_name
