-- A word as it is, and with each one of its letters left out.
create or replace function store.forms_of_word(p_word text)
returns setof text
language sql immutable set search_path = store, pg_temp
as $$
    select p_word
    union
    select left(p_word, place - 1) || substr(p_word, place + 1)
    from generate_series(1, length(p_word)) as place;
$$;
