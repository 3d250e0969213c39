-- Takes an article off a customer's wishlist; returns whether it was there.
create or replace function store.remove_from_wishlist(p_customer_id bigint, p_article_id bigint)
returns boolean
language plpgsql volatile set search_path = store, pg_temp
as $$
begin
    delete from wishlist_items where customer_id = p_customer_id and article_id = p_article_id;
    return found;
end
$$;
