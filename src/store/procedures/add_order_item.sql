-- Adds units of an article to an order that is not paid, at today's price, and takes them (for a bundle, its components)
-- out of stock; on top of units that are there. The order's total follows.
create or replace function store.add_order_item(p_order_id bigint, p_article_id bigint, p_quantity integer)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_order_item_id bigint;
begin
    perform 1 from orders where order_id = p_order_id and status = 'created' for update;
    if not found then
        raise exception 'order % does not take articles any more', p_order_id using errcode = 'EC409', hint = 'place another order';
    end if;
    if p_quantity is null or p_quantity < 1 or p_quantity > 1000 then
        raise exception 'a quantity must be 1 to 1000, got %', p_quantity using errcode = 'EC400', hint = 'choose another quantity';
    end if;
    perform move_stocks(array_agg(article_id), array_agg(-quantity), 'sale', p_order_id)
    from components_of(array[p_article_id], array[p_quantity]);
    insert into order_items (order_id, article_id, quantity, unit_price_minor, unit_cost_minor)
    select p_order_id, article_id, p_quantity, price_minor, cost_minor from articles where article_id = p_article_id
    on conflict (order_id, article_id) do update set quantity = order_items.quantity + excluded.quantity
    returning order_item_id into v_order_item_id;
    if v_order_item_id is null then
        raise exception 'there is no article %', p_article_id using errcode = 'EC404', hint = 'choose another article';
    end if;
    perform recalculate_order_total(p_order_id);
    return v_order_item_id;
end
$$;
