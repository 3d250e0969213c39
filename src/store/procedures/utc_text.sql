-- An instant in the form files carry it: ISO 8601, UTC, milliseconds; null stays null.
create or replace function store.utc_text(p_at timestamptz)
returns text
language sql stable parallel safe
as $$
    select to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
