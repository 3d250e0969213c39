-- Says what a bundle is made of: a JSON list of {"sku", "quantity"}; an empty list makes it a plain article again.
create or replace function store.save_bundle(p_bundle_id bigint, p_components jsonb)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_unknown text;
begin
    select given.sku into v_unknown
    from jsonb_to_recordset(p_components) as given (sku text, quantity integer)
    left join articles on articles.sku = given.sku
    where articles.article_id is null
    limit 1;
    if found then
        raise exception 'there is no article with SKU %', v_unknown using errcode = 'EC404', hint = 'correct the SKU; nothing was changed';
    end if;
    delete from bundle_items where bundle_id = p_bundle_id;
    insert into bundle_items (bundle_id, component_id, quantity)
    select p_bundle_id, articles.article_id, given.quantity
    from jsonb_to_recordset(p_components) as given (sku text, quantity integer)
    join articles on articles.sku = given.sku;
end
$$;
