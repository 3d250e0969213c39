-- Keeps every price an article has had, tells those who wished for it when it falls, and sends the article on its way.
create or replace function store.log_price()
returns trigger
language plpgsql set search_path = store, pg_temp
as $$
begin
    if tg_op = 'INSERT' or new.price_minor <> old.price_minor then
        insert into price_history (article_id, price_minor, reason)
        values (new.article_id, new.price_minor, coalesce(current_setting('store.price_reason', true), ''))
        on conflict (article_id, valid_from) do update set price_minor = excluded.price_minor, reason = excluded.reason;
    end if;
    if tg_op = 'UPDATE' then
        if new.price_minor < old.price_minor then
            insert into mails (recipient, template, details)
            select customers.email, 'price_drop',
                jsonb_build_object('article_id', new.article_id, 'name', new.name, 'price_minor', new.price_minor, 'was_minor', old.price_minor)
            from wishlist_items
            join customers using (customer_id)
            where wishlist_items.article_id = new.article_id and customers.is_active;
        end if;
        if old.stock_quantity = 0 and new.stock_quantity > 0 then
            insert into mails (recipient, template, details)
            select customers.email, 'back_in_stock', jsonb_build_object('article_id', new.article_id, 'name', new.name)
            from wishlist_items
            join customers using (customer_id)
            where wishlist_items.article_id = new.article_id and customers.is_active;
        end if;
    end if;
    if tg_op = 'UPDATE' then
        old.stock_quantity := new.stock_quantity;
        old.updated_at := new.updated_at;
    end if;
    if tg_op = 'INSERT' or new is distinct from old then
        perform note_change('article', new.article_id::text);
    end if;
    return null;
end
$$;

create or replace trigger log_price after insert or update on store.articles
    for each row execute function store.log_price();
