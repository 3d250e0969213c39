-- Sets the stock of many articles at once: a JSON list of {"sku", "stock"}. All or nothing; locks are taken in the order of
-- ids. Returns how many articles changed.
create or replace function store.bulk_update_stock(p_stocks jsonb, p_note text default '')
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_unknown text;
    v_changed integer := 0;
    v_one record;
begin
    select given.sku into v_unknown
    from jsonb_to_recordset(p_stocks) as given (sku text, stock integer)
    left join articles on articles.sku = given.sku
    where articles.article_id is null
    limit 1;
    if found then
        raise exception 'there is no article with SKU %', v_unknown using errcode = 'EC404', hint = 'correct the SKU; nothing was changed';
    end if;
    for v_one in
        select articles.article_id, given.stock
        from jsonb_to_recordset(p_stocks) as given (sku text, stock integer)
        join articles on articles.sku = given.sku
        order by articles.article_id
    loop
        perform 1 from articles where article_id = v_one.article_id and stock_quantity is distinct from v_one.stock;
        if found then
            perform update_stock(v_one.article_id, v_one.stock, p_note);
            v_changed := v_changed + 1;
        end if;
    end loop;
    return v_changed;
end
$$;
