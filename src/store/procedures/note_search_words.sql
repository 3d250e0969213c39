-- Keeps the words by which articles are found in step with their names, brands, types and colours.
create or replace function store.note_search_words()
returns trigger
language plpgsql set search_path = store, pg_temp
as $$
begin
    perform learn_search_words(concat_ws(' ', new.name, new.brand, new.product_type, new.colour));
    return null;
end
$$;

create or replace trigger note_search_words after insert or update of name, brand, product_type, colour on store.articles
    for each row execute function store.note_search_words();

-- A store from before there were such words learns those it has.
select store.learn_search_words(string_agg(concat_ws(' ', name, brand, product_type, colour), ' '))
from store.articles
where not exists (select from store.search_words);
