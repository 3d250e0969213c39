-- Takes an article out of an open cart, wholly or some units of it; returns the units left.
create or replace function store.remove_from_cart(p_cart_id bigint, p_article_id bigint, p_quantity integer default null)
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_quantity integer;
begin
    perform 1 from carts where cart_id = p_cart_id and status = 'open' for update;
    if not found then
        raise exception 'there is no open cart %', p_cart_id using errcode = 'EC404', hint = 'open a cart first';
    end if;
    select quantity into v_quantity from cart_items where cart_id = p_cart_id and article_id = p_article_id;
    if not found then
        raise exception 'article % is not in cart %', p_article_id, p_cart_id using errcode = 'EC404', hint = 'read the cart again';
    end if;
    v_quantity := greatest(0, v_quantity - coalesce(p_quantity, v_quantity));
    if v_quantity = 0 then
        delete from cart_items where cart_id = p_cart_id and article_id = p_article_id;
    else
        update cart_items set quantity = v_quantity where cart_id = p_cart_id and article_id = p_article_id;
    end if;
    perform reserve_cart(p_cart_id);
    return v_quantity;
end
$$;
