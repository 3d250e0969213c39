-- Grain: one row per product with enough views, the surest first. The analysis product-conversion over all days of the data, min_views=1, limit=4000000000; generated from it by `npm run generate`, not
-- to be edited.
create or replace view mv_product_conversion_rates as
with

scoped_products as (
    select product_key
    from dim_product
    where
        (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), brand))
        and (
            empty(cast([], 'Array(String)'))
            or arrayExists(wanted -> category = wanted or startsWith(category, concat(wanted, '.')), cast([], 'Array(String)'))
        )

),

scoped_product_days as (
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
        day_on >= assumeNotNull((select min(day_on) from agg_daily))
        and day_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and ((empty(cast([], 'Array(String)')) and empty(cast([], 'Array(String)'))) or product_key in scoped_products)

),

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
    having view_count >= cast('1', 'UInt32')

),

product_rates as (

    select
        touched_key,
        view_count,
        cart_count,
        purchase_count,
        viewing_session_count,
        purchasing_session_count,
        purchasing_session_count / nullIf(viewing_session_count, 0) as conversion_rate,
        purchase_count / nullIf(view_count, 0) as event_conversion_rate,
        least(conversion_rate, 1) as share,
        pow(1.96, 2) / nullIf(viewing_session_count, 0) as z2_per_session,
        share + z2_per_session / 2 as centre,
        sqrt(z2_per_session * (share * (1 - share) + z2_per_session / 4)) as half_width,
        if(viewing_session_count = 0, null, (centre - half_width) / (1 + z2_per_session)) as wilson_lower,
        if(wilson_lower < 0, 0, wilson_lower) as conversion_rate_lower
    from product_totals

)

select
    row_number() over (order by conversion_rate_lower desc nulls last, products.product_id) as rank,
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    nullIf(products.brand, '') as brand,
    nullIf(products.category, '') as category,
    products.price_minor as price_minor,
    rates.view_count as view_count,
    rates.cart_count as cart_count,
    rates.purchase_count as purchase_count,
    rates.viewing_session_count as viewing_session_count,
    rates.purchasing_session_count as purchasing_session_count,
    rates.conversion_rate as conversion_rate,
    rates.conversion_rate_lower as conversion_rate_lower,
    rates.event_conversion_rate as event_conversion_rate
from product_rates as rates
inner join dim_product as products on rates.touched_key = products.product_key
order by rank
limit cast('4000000000', 'UInt32')
