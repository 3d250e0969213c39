-- Makes the units of an article in an open cart what the shopper wants, 0 to take it out; returns the units now in the cart.
create or replace function store.set_cart_quantity(p_cart_id bigint, p_article_id bigint, p_quantity integer)
returns integer
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_quantity integer;
begin
    if p_quantity is null or p_quantity < 0 or p_quantity > 1000 then
        raise exception 'a quantity must be 0 to 1000, got %', p_quantity using errcode = 'EC400', hint = 'choose another quantity';
    end if;
    perform 1 from carts where cart_id = p_cart_id and status = 'open' for update;
    select coalesce(sum(quantity), 0) into v_quantity from cart_items where cart_id = p_cart_id and article_id = p_article_id;
    if p_quantity > v_quantity then
        return add_to_cart(p_cart_id, p_article_id, p_quantity - v_quantity);
    elsif p_quantity < v_quantity then
        return remove_from_cart(p_cart_id, p_article_id, v_quantity - p_quantity);
    end if;
    return v_quantity;
end
$$;
