-- A coupon that goods of this value may use; refused, with the reason, when they may not. No code is no coupon.
create or replace function store.checked_coupon(p_code text, p_subtotal_minor bigint)
returns store.coupons
language plpgsql stable set search_path = store, pg_temp
as $$
declare
    v_coupon coupons%rowtype;
begin
    if p_code is null or p_code = '' then
        return v_coupon;
    end if;
    select coupons.* into v_coupon from coupons where code = upper(p_code);
    if not found or not v_coupon.is_active or v_coupon.starts_at > clock_timestamp() or v_coupon.ends_at <= clock_timestamp() then
        raise exception 'the coupon % is not valid', p_code using errcode = 'EC422', hint = 'check its spelling and its dates';
    end if;
    if v_coupon.use_count >= v_coupon.most_uses then
        raise exception 'the coupon % has been used up', p_code using errcode = 'EC422', hint = 'order without it';
    end if;
    if p_subtotal_minor < v_coupon.least_subtotal_minor then
        raise exception 'the coupon % needs goods for at least %, and there are %', p_code, v_coupon.least_subtotal_minor, p_subtotal_minor
            using errcode = 'EC422', hint = 'add to the cart, or order without it';
    end if;
    return v_coupon;
end
$$;
