-- Products by day in [{period_start:Date}, {period_end:Date}), from the rollup. Events count on their own day, a session on
-- the day it first touched the product. Purchases derived from order lines are not in it.
select
    day_on,
    product_key,
    view_count,
    cart_count,
    purchase_count,
    viewing_session_count,
    cart_session_count,
    purchasing_session_count,
    abandoned_session_count
from agg_product_daily
where
    day_on >= {period_start:Date}
    and day_on < {period_end:Date}
    and ((empty({brand:Array(String)}) and empty({category:Array(String)})) or product_key in scoped_products)
