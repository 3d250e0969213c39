-- Grain: one product on one day of the shop's time zone. Events count on their own day; a session counts on the day it
-- first touched the product, so that counts add up over days without counting a session twice.
create table if not exists agg_product_daily (
    day_on Date comment 'The day' codec(Delta, ZSTD(1)),
    product_key UInt64 comment 'Product' codec(Delta, ZSTD(1)),
    view_count UInt32 comment 'View events' codec(ZSTD(1)),
    cart_count UInt32 comment 'Cart additions' codec(ZSTD(1)),
    purchase_count UInt32 comment 'Purchase events' codec(ZSTD(1)),
    viewing_session_count UInt32 comment 'Sessions with a view of the product' codec(ZSTD(1)),
    cart_session_count UInt32 comment 'Sessions that added it to the cart' codec(ZSTD(1)),
    purchasing_session_count UInt32 comment 'Sessions that bought it' codec(ZSTD(1)),
    viewing_purchasing_session_count UInt32 comment 'Sessions that viewed and bought it' codec(ZSTD(1)),
    abandoned_session_count UInt32 comment 'Sessions that added it and did not buy it' codec(ZSTD(1)),
    purchase_revenue_minor Int64 comment 'Price times quantity over purchase events' codec(ZSTD(1))
)
engine = MergeTree
partition by toYYYYMM(day_on)
order by (day_on, product_key)
