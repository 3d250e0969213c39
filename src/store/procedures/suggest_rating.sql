-- The stars a text with this sentiment most often comes with.
create or replace function store.suggest_rating(p_sentiment numeric)
returns smallint
language sql immutable set search_path = store, pg_temp
as $$
    select (case
        when p_sentiment >= 0.6 then 5
        when p_sentiment >= 0.2 then 4
        when p_sentiment > -0.2 then 3
        when p_sentiment > -0.6 then 2
        else 1
    end)::smallint
$$;
