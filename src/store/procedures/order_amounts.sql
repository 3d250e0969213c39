-- What goods of this value come to with a coupon (null: none): discount, shipping, tax. The one place that computes them.
create or replace function store.order_amounts(p_subtotal_minor bigint, p_coupon_code text)
returns table (discount_minor bigint, shipping_minor bigint, tax_minor bigint)
language plpgsql stable set search_path = store, pg_temp
as $$
#variable_conflict use_column
declare
    v_coupon coupons%rowtype;
    v_settings settings%rowtype;
    v_discount bigint;
    v_shipping bigint;
begin
    select settings.* into v_settings from settings;
    select coupons.* into v_coupon from coupons where coupons.code = p_coupon_code;
    v_discount := case v_coupon.kind
        when 'percent' then round(p_subtotal_minor * v_coupon.value / 100.0)
        when 'amount' then least(v_coupon.value, p_subtotal_minor)
        else 0
    end;
    v_shipping := case
        when p_subtotal_minor = 0 or v_coupon.kind = 'shipping' then 0
        when p_subtotal_minor - v_discount >= v_settings.free_shipping_from_minor then 0
        else v_settings.shipping_minor
    end;
    return query select v_discount, v_shipping, round((p_subtotal_minor - v_discount + v_shipping) * v_settings.tax_rate)::bigint;
end
$$;
