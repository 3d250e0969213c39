-- Puts an article on a customer's wishlist, once, and queues a mail that says so. Returns whether it is new there.
create or replace function store.add_to_wishlist(p_customer_id bigint, p_article_id bigint)
returns boolean
language plpgsql volatile set search_path = store, pg_temp
as $$
begin
    perform 1 from articles where article_id = p_article_id and is_active;
    if not found then
        raise exception 'article % is not for sale', p_article_id using errcode = 'EC404', hint = 'choose another article';
    end if;
    insert into wishlist_items (customer_id, article_id) values (p_customer_id, p_article_id) on conflict do nothing;
    if not found then
        return false;
    end if;
    insert into mails (recipient, template, details)
    select customers.email, 'wishlist_added', jsonb_build_object('article_id', p_article_id, 'name', articles.name)
    from customers
    cross join articles
    where customers.customer_id = p_customer_id and articles.article_id = p_article_id;
    return true;
end
$$;
