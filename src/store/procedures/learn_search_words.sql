-- Adds the words of a text to those by which articles are found. Words are kept when their last article goes: a search for
-- one then finds nothing, as it should.
create or replace function store.learn_search_words(p_text text)
returns void
language sql volatile set search_path = store, public, pg_temp
as $$
    with

    learned as (

        insert into search_words (word, lexeme)
        select words.word, coalesce((ts_lexize('english_stem', words.word))[1], words.word)
        from distinct_words(p_text) as words (word)
        where not exists (select from search_words as known where known.word = words.word)
        on conflict (word) do nothing
        returning word

    )

    insert into search_word_forms (form, word)
    select forms.form, learned.word
    from learned
    cross join lateral forms_of_word(learned.word) as forms (form)
    on conflict (form, word) do nothing;
$$;
