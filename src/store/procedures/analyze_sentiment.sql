-- How a text sounds, from -1 (complaint) to 1 (praise): weights of known words, turned by a negation up to three words
-- before in the same clause and strengthened by "very" and its like; 0 when it knows no word of it. The immediate answer, until a trained
-- model replaces it. Normalised as in Hutto and Gilbert (2014): s / sqrt(s^2 + 15).
create or replace function store.analyze_sentiment(p_text text)
returns numeric
language sql stable set search_path = store, pg_temp
as $$
    with words as (
        select clause, word, place
        from regexp_split_to_table(lower(p_text), '[.,;:!?()]+|\mbut\M') with ordinality as clauses (text, clause)
        cross join lateral regexp_split_to_table(clauses.text, '[^[:alpha:]'']+') with ordinality as split (word, place)
    ),
    weighed as (
        select
            sentiment_words.weight
            * case when exists (
                select from words as negation
                where negation.clause = words.clause and negation.place between words.place - 3 and words.place - 1
                    and negation.word in ('not', 'no', 'never', 'hardly', 'isn''t', 'wasn''t', 'don''t', 'doesn''t', 'didn''t', 'won''t', 'can''t', 'couldn''t', 'nothing', 'without')
            ) then -0.74 else 1 end
            * case when exists (
                select from words as booster
                where booster.clause = words.clause and booster.place = words.place - 1
                    and booster.word in ('very', 'really', 'so', 'extremely', 'absolutely', 'super', 'too')
            ) then 1.3 else 1 end as weight
        from words
        join sentiment_words on sentiment_words.word = words.word
    )
    select round((coalesce(sum(weight), 0) / sqrt(coalesce(sum(weight), 0) ^ 2 + 15))::numeric, 3) from weighed
$$;
