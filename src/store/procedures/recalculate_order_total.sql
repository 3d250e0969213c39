-- An order's amounts from its lines: subtotal, coupon, shipping, tax. The discount is shared over the lines by their value,
-- what rounding leaves going to the largest, so that the lines' discounts sum to the order's.
create or replace function store.recalculate_order_total(p_order_id bigint)
returns bigint
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_subtotal bigint;
    v_discount bigint := 0;
    v_shipping bigint;
    v_tax bigint;
    v_total bigint;
begin
    select coalesce(sum(quantity * unit_price_minor), 0) into v_subtotal from order_items where order_id = p_order_id;
    select amounts.discount_minor, amounts.shipping_minor, amounts.tax_minor into v_discount, v_shipping, v_tax
    from orders cross join lateral order_amounts(v_subtotal, orders.coupon_code) as amounts where orders.order_id = p_order_id;
    with shares as (
        select
            order_item_id,
            floor(v_discount * quantity * unit_price_minor / greatest(v_subtotal, 1)::numeric)::bigint as share,
            row_number() over (order by quantity * unit_price_minor desc, order_item_id) as place
        from order_items
        where order_id = p_order_id
    )
    update order_items
    set discount_minor = shares.share
        + case when shares.place = 1 then v_discount - (select sum(share) from shares) else 0 end
    from shares
    where shares.order_item_id = order_items.order_item_id;
    update orders
    set
        subtotal_minor = v_subtotal,
        discount_minor = v_discount,
        shipping_minor = v_shipping,
        tax_minor = v_tax
    where order_id = p_order_id
    returning total_minor into v_total;
    return v_total;
end
$$;
