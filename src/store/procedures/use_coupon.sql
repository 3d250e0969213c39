-- Applies a coupon to an order being placed, counting its use under the coupon's row lock; no coupon is no change.
create or replace function store.use_coupon(p_order_id bigint, p_code text, p_cart_id bigint)
returns void
language plpgsql volatile set search_path = store, pg_temp
as $$
declare
    v_coupon coupons%rowtype;
    v_subtotal bigint;
begin
    if p_code is null or p_code = '' then
        return;
    end if;
    perform 1 from coupons where code = upper(p_code) for update;
    select coalesce(sum(cart_items.quantity * articles.price_minor), 0) into v_subtotal
    from cart_items join articles using (article_id) where cart_id = p_cart_id;
    v_coupon := checked_coupon(p_code, v_subtotal);
    update coupons set use_count = use_count + 1 where code = v_coupon.code;
    update orders set coupon_code = v_coupon.code where order_id = p_order_id;
end
$$;
