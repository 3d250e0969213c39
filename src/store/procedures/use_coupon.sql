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
    select coupons.* into v_coupon from coupons where code = upper(p_code) for update;
    if not found or not v_coupon.is_active or v_coupon.starts_at > clock_timestamp() or v_coupon.ends_at <= clock_timestamp() then
        raise exception 'the coupon % is not valid', p_code using errcode = 'EC422', hint = 'check its spelling and its dates';
    end if;
    if v_coupon.use_count >= v_coupon.most_uses then
        raise exception 'the coupon % has been used up', p_code using errcode = 'EC422', hint = 'order without it';
    end if;
    select coalesce(sum(cart_items.quantity * articles.price_minor), 0) into v_subtotal
    from cart_items join articles using (article_id) where cart_id = p_cart_id;
    if v_subtotal < v_coupon.least_subtotal_minor then
        raise exception 'the coupon % needs goods for at least %, and there are %', p_code, v_coupon.least_subtotal_minor, v_subtotal
            using errcode = 'EC422', hint = 'add to the cart, or order without it';
    end if;
    update coupons set use_count = use_count + 1 where code = v_coupon.code;
    update orders set coupon_code = v_coupon.code where order_id = p_order_id;
end
$$;
