-- Moves an article from a customer's wishlist to their open cart, one unit; both or neither. Returns the cart.
create or replace function store.move_wishlist_to_cart(p_customer_id bigint, p_article_id bigint)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_cart_id bigint;
begin
    if not remove_from_wishlist(p_customer_id, p_article_id) then
        raise exception 'article % is not on the wishlist', p_article_id using errcode = 'EC404', hint = 'read the wishlist again';
    end if;
    v_cart_id := open_cart(p_customer_id, null);
    perform add_to_cart(v_cart_id, p_article_id, 1);
    return v_cart_id;
end
$$;
