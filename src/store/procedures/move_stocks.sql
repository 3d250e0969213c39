-- The one place where stock changes: movements in the ledger and the stock of their articles together, under the articles' row
-- locks, taken in the order of their ids. Every article at most once. Refuses to go below nothing, naming the first article.
create or replace function store.move_stocks(
    p_article_ids bigint[],
    p_quantities integer[],
    p_kind text,
    p_order_id bigint default null,
    p_note text default ''
)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_refused record;
begin
    perform 1 from articles where article_id = any (p_article_ids) order by article_id for update;
    select moved.article_id, articles.stock_quantity, -moved.quantity as wanted
    into v_refused
    from unnest(p_article_ids, p_quantities) as moved (article_id, quantity)
    left join articles on articles.article_id = moved.article_id
    where articles.article_id is null or articles.stock_quantity + moved.quantity < 0
    order by moved.article_id
    limit 1;
    if found and v_refused.stock_quantity is null then
        raise exception 'there is no article %', v_refused.article_id using errcode = 'EC404', hint = 'list the articles for their ids';
    elsif found then
        raise exception 'article % has % in stock, and % are wanted', v_refused.article_id, v_refused.stock_quantity, v_refused.wanted
            using errcode = 'EC422', hint = 'lower the quantity, or restock the article';
    end if;
    update articles set stock_quantity = articles.stock_quantity + moved.quantity
    from unnest(p_article_ids, p_quantities) as moved (article_id, quantity)
    where articles.article_id = moved.article_id;
    with movements as (
        insert into stock_movements (article_id, quantity, kind, order_id, note)
        select article_id, quantity, p_kind, p_order_id, p_note
        from unnest(p_article_ids, p_quantities) as moved (article_id, quantity)
        order by article_id
        returning movement_id
    )
    insert into outbox (topic, subject_id)
    select 'movement', movement_id::text from movements;
    insert into outbox (topic, subject_id)
    select 'stock', article_id::text from unnest(p_article_ids) as moved (article_id) order by article_id
    on conflict (topic, subject_id) where delivery_id is null do update set changed_at = clock_timestamp();
end
$$;
