-- What a cart comes to if it were ordered now: goods, coupon, shipping, tax, total. A coupon that cannot be used is refused as
-- at the checkout; nothing is counted or kept.
create or replace function store.quote_cart(p_cart_id bigint, p_coupon_code text default null)
returns table (subtotal_minor bigint, discount_minor bigint, shipping_minor bigint, tax_minor bigint, total_minor bigint)
language plpgsql stable set search_path = store, pg_temp
as $$
#variable_conflict use_column
declare
    v_subtotal bigint;
    v_coupon coupons%rowtype;
begin
    select coalesce(sum(cart_items.quantity * articles.price_minor), 0) into v_subtotal
    from cart_items join articles using (article_id) where cart_items.cart_id = p_cart_id;
    v_coupon := checked_coupon(p_coupon_code, v_subtotal);
    return query
    select
        v_subtotal, amounts.discount_minor, amounts.shipping_minor, amounts.tax_minor,
        v_subtotal - amounts.discount_minor + amounts.shipping_minor + amounts.tax_minor
    from order_amounts(v_subtotal, v_coupon.code) as amounts;
end
$$;
