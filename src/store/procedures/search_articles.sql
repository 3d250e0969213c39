-- Articles for sale that a search text means, at most p_most, best first: those with all its words, else with all the words it
-- may have meant (forgiving_query), else with any of those. The name weighs most; the rank, 0 to 1, orders articles of one
-- search only. A text of no known letters finds nothing.
create or replace function store.search_articles(p_text text, p_most integer default 2000)
returns table (article_id bigint, rank numeric)
language plpgsql stable set search_path = store, public, pg_temp
as $$
#variable_conflict use_column
declare
    v_query tsquery;
begin
    for v_attempt in 1..3 loop
        v_query := case v_attempt
            when 1 then websearch_to_tsquery('english', p_text)
            when 2 then forgiving_query(p_text, '&')
            else forgiving_query(p_text, '|')
        end;
        return query
        select articles.article_id, round(ts_rank_cd(articles.search_text, v_query, 32)::numeric, 6) as rank
        from articles
        where articles.is_active and articles.search_text @@ v_query
        order by rank desc, articles.article_id desc
        limit p_most;
        exit when found;
    end loop;
end
$$;
