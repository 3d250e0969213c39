-- The one place where stock changes: a movement in the ledger and the article's stock together, under the article's row
-- lock. Refuses to go below nothing. Returns the new stock.
create or replace function store.move_stock(
    p_article_id bigint,
    p_quantity integer,
    p_kind text,
    p_order_id bigint default null,
    p_note text default ''
)
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_stock integer;
    v_movement_id bigint;
begin
    select stock_quantity into v_stock from articles where article_id = p_article_id for update;
    if not found then
        raise exception 'there is no article %', p_article_id using errcode = 'EC404', hint = 'list the articles for their ids';
    end if;
    if v_stock + p_quantity < 0 then
        raise exception 'article % has % in stock, and % are wanted', p_article_id, v_stock, -p_quantity
            using errcode = 'EC422', hint = 'lower the quantity, or restock the article';
    end if;
    insert into stock_movements (article_id, quantity, kind, order_id, note)
    values (p_article_id, p_quantity, p_kind, p_order_id, p_note)
    returning movement_id into v_movement_id;
    update articles set stock_quantity = v_stock + p_quantity where article_id = p_article_id;
    perform note_change('stock', p_article_id::text);
    perform note_change('movement', v_movement_id::text);
    return v_stock + p_quantity;
end
$$;
