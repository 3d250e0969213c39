-- Every coupon, the newest first.
select coupons.code, coupons.kind, coupons.value, coupons.least_subtotal_minor, coupons.starts_at, coupons.ends_at, coupons.most_uses, coupons.use_count, coupons.is_active
from store.coupons
order by coupons.starts_at desc, coupons.code
