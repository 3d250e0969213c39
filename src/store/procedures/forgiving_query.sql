-- What a search text may have meant, for full text search. A word that articles have stands for itself; the last word also for
-- those it begins, as it may still be being typed; any other for the words one typing error away (a letter too many, too few,
-- changed, or changed places with its neighbour), else for the three most alike. A word like none stands for itself. p_operator
-- joins the words: `&` all, `|` any. Null when the text has no word.
create or replace function store.forgiving_query(p_text text, p_operator text)
returns tsquery
language sql stable set search_path = store, public, pg_temp
as $$
    with

    typed as (

        select
            words.place,
            words.word,
            words.place = max(words.place) over () as is_last,
            exists (
                select from search_words as known
                where known.lexeme = coalesce((ts_lexize('english_stem', words.word))[1], words.word)
            ) as is_known
        from regexp_split_to_table(lower(left(p_text, 100)), '[^[:alnum:]]+') with ordinality as words (word, place)
        where words.word <> ''
        limit 6

    ),

    meant as (

        select typed.place, typed.word || case when typed.is_last then ':*' else '' end as meaning, true as is_near
        from typed

        union

        select typed.place, near.word, true
        from typed
        cross join lateral forms_of_word(typed.word) as forms (form)
        join search_word_forms as near on near.form = forms.form
        where not typed.is_known and length(typed.word) >= 3

        union

        select typed.place, alike.word, false
        from typed
        cross join lateral (
            select known.word
            from search_words as known
            where known.word % typed.word
            order by similarity(known.word, typed.word) desc, known.word
            limit 3
        ) as alike
        where not typed.is_known and length(typed.word) >= 4

    ),

    chosen as (

        select
            place,
            '(' || string_agg(meaning, ' | ' order by meaning) || ')' as meanings
        from (
            select place, meaning, is_near, bool_or(is_near and meaning <> word and meaning <> word || ':*') over (partition by place) as has_near
            from meant
            join typed using (place)
        ) as judged
        where is_near or not has_near
        group by place

    )

    select to_tsquery('english', string_agg(meanings, ' ' || p_operator || ' ' order by place))
    from chosen;
$$;
