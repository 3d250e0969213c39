-- Sets an article's stock to what was counted; the difference enters the ledger as a restock or a correction.
create or replace function store.update_stock(p_article_id bigint, p_stock integer, p_note text default '')
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_stock integer;
begin
    if p_stock is null or p_stock < 0 then
        raise exception 'stock must be 0 or more, got %', p_stock using errcode = 'EC400', hint = 'give what was counted';
    end if;
    select stock_quantity into v_stock from articles where article_id = p_article_id for update;
    if not found then
        raise exception 'there is no article %', p_article_id using errcode = 'EC404', hint = 'list the articles for their ids';
    end if;
    if v_stock = p_stock then
        return v_stock;
    end if;
    return move_stock(
        p_article_id, p_stock - v_stock, case when p_stock > v_stock then 'restock' else 'correction' end, null, p_note
    );
end
$$;
