-- One row per product added to carts at least {min_carts:UInt32} times in [{period_start:Date}, {period_end:Date}), shop time
-- zone: the {limit:UInt32} largest by {sort:Identifier}, ties by sessions with a cart addition, then by product id.
with

product_totals as (

    select
        days.product_key as touched_key,
        sum(days.cart_count) as cart_count,
        sum(days.purchase_count) as purchase_count,
        sum(days.cart_session_count) as cart_session_count,
        sum(days.abandoned_session_count) as abandoned_session_count
    from scoped_product_days as days
    group by touched_key
    having cart_count >= {min_carts:UInt32} and cart_count > 0

)

select
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    nullIf(products.brand, '') as brand,
    nullIf(products.category, '') as category,
    totals.cart_count as cart_count,
    totals.purchase_count as purchase_count,
    products.price_minor as price_minor,
    totals.cart_session_count as cart_session_count,
    totals.abandoned_session_count as abandoned_session_count,
    abandoned_session_count / nullIf(cart_session_count, 0) as abandonment_rate,
    (toInt64(cart_count) - toInt64(purchase_count)) / cart_count as event_abandonment_rate
from product_totals as totals
inner join dim_product as products on totals.touched_key = products.product_key
order by {sort:Identifier} desc nulls last, cart_session_count desc, product_id
limit {limit:UInt32}
