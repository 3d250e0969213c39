-- The words of a text by which one searches: lower case, letters and digits, three to forty long, each once.
create or replace function store.distinct_words(p_text text)
returns setof text
language sql immutable set search_path = store, pg_temp
as $$
    select distinct word
    from regexp_split_to_table(lower(p_text), '[^[:alnum:]]+') as word
    where length(word) between 3 and 40;
$$;
