-- One row per product with at least {min_views:UInt32} views in [{period_start:Date}, {period_end:Date}), shop time zone: the
-- {limit:UInt32} largest by {sort:Identifier}, ties by product id. conversion_rate_lower is the lower end of Wilson's 95 %
-- interval (z = 1.96); sessions that bought without a view cannot raise it above what all viewing sessions would give.
with

product_totals as (

    select
        days.product_key as touched_key,
        sum(days.view_count) as view_count,
        sum(days.cart_count) as cart_count,
        sum(days.purchase_count) as purchase_count,
        sum(days.viewing_session_count) as viewing_session_count,
        sum(days.purchasing_session_count) as purchasing_session_count
    from scoped_product_days as days
    group by touched_key
    having view_count >= {min_views:UInt32}

),

product_rates as (

    select
        *,
        purchasing_session_count / nullIf(viewing_session_count, 0) as conversion_rate,
        purchase_count / nullIf(view_count, 0) as event_conversion_rate,
        least(conversion_rate, 1) as share,
        pow(1.96, 2) / viewing_session_count as z2_per_session
    from product_totals

),

product_bounds as (

    select
        *,
        greatest(
            0,
            (share + z2_per_session / 2 - sqrt(z2_per_session * (share * (1 - share) + z2_per_session / 4))) / (1 + z2_per_session)
        ) as conversion_rate_lower
    from product_rates

)

select
    row_number() over (order by {sort:Identifier} desc nulls last, products.product_id) as rank,
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    nullIf(products.brand, '') as brand,
    nullIf(products.category, '') as category,
    products.price_minor as price_minor,
    bounds.view_count as view_count,
    bounds.cart_count as cart_count,
    bounds.purchase_count as purchase_count,
    bounds.viewing_session_count as viewing_session_count,
    bounds.purchasing_session_count as purchasing_session_count,
    bounds.conversion_rate as conversion_rate,
    bounds.conversion_rate_lower as conversion_rate_lower,
    bounds.event_conversion_rate as event_conversion_rate
from product_bounds as bounds
inner join dim_product as products on bounds.touched_key = products.product_key
order by rank
limit {limit:UInt32}
