-- Articles for sale that a search text means, at most p_most, best first: by full text with the name weighing most; when no
-- article has all the words, by likeness of letters (trigrams), so that a typing error still finds. The rank, 0 to 1, orders
-- articles of one search only. A text of no known letters finds nothing.
create or replace function store.search_articles(p_text text, p_most integer default 2000)
returns table (article_id bigint, rank numeric)
language plpgsql volatile set search_path = store, public, pg_temp
as $$
#variable_conflict use_column
declare
    v_query tsquery := websearch_to_tsquery('english', p_text);
begin
    return query
    select articles.article_id, round(ts_rank_cd(articles.search_text, v_query, 32)::numeric, 6) as rank
    from articles
    where articles.is_active and articles.search_text @@ v_query
    order by rank desc, articles.article_id desc
    limit p_most;
    if found then
        return;
    end if;
    -- Lower than the default of 0.6: two letters of "jacket" that have changed places leave 0.43.
    perform set_config('pg_trgm.word_similarity_threshold', '0.38', true);
    return query
    with words as (
        select word
        from regexp_split_to_table(lower(left(p_text, 100)), '[^[:alnum:]]+') as word
        where length(word) >= 3
        limit 6
    ),
    near as (
        select distinct articles.article_id
        from words
        join articles on words.word <% articles.name
        where articles.is_active
        limit 1000
    ),
    likened as (
        select
            articles.article_id,
            avg(word_similarity(words.word, concat_ws(' ', articles.name, articles.colour, articles.brand))) as likeness
        from near
        join articles using (article_id)
        cross join words
        group by articles.article_id
    )
    select likened.article_id, round(likened.likeness::numeric, 6) as rank
    from likened
    where likened.likeness >= 0.35
    order by rank desc, likened.article_id desc
    limit p_most;
end
$$;
