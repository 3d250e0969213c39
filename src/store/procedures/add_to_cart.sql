-- Puts units of an article into an open cart, on top of those that are there; refused when stock that others have not
-- reserved does not suffice. Returns the units now in the cart.
create or replace function store.add_to_cart(p_cart_id bigint, p_article_id bigint, p_quantity integer)
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_quantity integer;
    v_available integer;
begin
    if p_quantity is null or p_quantity < 1 or p_quantity > 1000 then
        raise exception 'a quantity must be 1 to 1000, got %', p_quantity using errcode = 'EC400', hint = 'choose another quantity';
    end if;
    perform 1 from carts where cart_id = p_cart_id and status = 'open' for update;
    if not found then
        raise exception 'there is no open cart %', p_cart_id using errcode = 'EC404', hint = 'open a cart first';
    end if;
    perform 1 from articles where article_id = p_article_id and is_active;
    if not found then
        raise exception 'article % is not for sale', p_article_id using errcode = 'EC404', hint = 'choose another article';
    end if;
    perform lock_articles(array[p_article_id], p_cart_id);
    select p_quantity + coalesce((select quantity from cart_items where cart_id = p_cart_id and article_id = p_article_id), 0)
    into v_quantity;
    v_available := available_quantity(p_article_id, p_cart_id);
    if v_quantity > v_available then
        raise exception 'article % has % available, and % are wanted', p_article_id, v_available, v_quantity
            using errcode = 'EC422', hint = 'lower the quantity, or put it on the wishlist to hear when it is back';
    end if;
    insert into cart_items (cart_id, article_id, quantity)
    values (p_cart_id, p_article_id, v_quantity)
    on conflict (cart_id, article_id) do update set quantity = excluded.quantity;
    perform reserve_cart(p_cart_id);
    return v_quantity;
end
$$;
