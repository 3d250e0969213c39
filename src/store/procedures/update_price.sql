-- Gives an article a new price, with the reason kept in its history.
create or replace function store.update_price(p_article_id bigint, p_price_minor bigint, p_reason text default '')
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
begin
    if p_price_minor is null or p_price_minor < 0 then
        raise exception 'a price must be 0 or more, got %', p_price_minor using errcode = 'EC400', hint = 'give minor units';
    end if;
    perform set_config('store.price_reason', p_reason, true);
    update articles set price_minor = p_price_minor where article_id = p_article_id;
    if not found then
        raise exception 'there is no article %', p_article_id using errcode = 'EC404', hint = 'list the articles for their ids';
    end if;
end
$$;
