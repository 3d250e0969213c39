-- Grain: one row per day, week or month and brand, periods without a purchase included. The analysis brand-trends over all days of the data, limit=4000000000; generated from it by `npm run generate`, not
-- to be edited.
create or replace view mv_brand_popularity_trends as
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

scoped_lines as (
    select
        order_key,
        line_at,
        line_on,
        ordered_on,
        customer_key,
        product_key,
        channel,
        country,
        quantity,
        unit_price_minor,
        discount_minor,
        revenue_minor,
        unit_cost_minor,
        margin_minor,
        is_return,
        is_adjustment
    from fct_order_lines
    where
        line_on >= assumeNotNull((select min(day_on) from agg_daily))
        and line_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and (not is_cancelled or false)
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), channel))
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), country))

),

scoped_events as (
    select
        event_at,
        event_on,
        event_type,
        customer_key,
        product_key,
        if(session_key != 0, session_key, customer_key) as source_key,
        session_key = 0 as is_inferred,
        channel,
        price_minor,
        quantity,
        properties,
        is_derived,
        is_bot,
        is_staff,
        batch_key,
        source_row
    from person_events
    where
        event_on >= assumeNotNull((select min(day_on) from agg_daily))
        and event_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), channel))

),

brand_names as (

    select
        product_key,
        if(brand = '', '(unknown)', brand) as shown_brand
    from dim_product

),

purchases as (

    select
        toDate(dateTrunc('day', daily.day_on)) as purchase_period_on,
        brand_names.shown_brand as purchase_brand,
        sum(daily.purchase_count) as purchase_count
    from (
        select day_on, product_key, purchase_count
        from scoped_product_days
        union all
        select event_on, product_key, 1
        from scoped_events
        where is_derived and event_type = 'purchase'
    ) as daily
    inner join brand_names on daily.product_key = brand_names.product_key
    group by purchase_period_on, purchase_brand

),

revenues as (

    select
        toDate(dateTrunc('day', lines.line_on)) as revenue_period_on,
        brand_names.shown_brand as revenue_brand,
        sum(lines.revenue_minor) as net_revenue_minor
    from scoped_lines as lines
    inner join brand_names on lines.product_key = brand_names.product_key
    group by revenue_period_on, revenue_brand

),

chosen_brands as (

    select purchase_brand as chosen_brand
    from purchases
    where empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), purchase_brand)
    group by purchase_brand
    order by sum(purchase_count) desc, purchase_brand
    limit greatest(cast('4000000000', 'UInt32'), length(cast([], 'Array(String)')))

),

periods as (

    select distinct toDate(dateTrunc('day', assumeNotNull((select min(day_on) from agg_daily)) + number)) as calendar_on
    from numbers(dateDiff('day', assumeNotNull((select min(day_on) from agg_daily)), assumeNotNull((select max(day_on) + 1 from agg_daily))))

),

period_totals as (

    select
        purchase_period_on as total_on,
        sum(purchase_count) as all_purchase_count
    from purchases
    group by total_on

)

select
    periods.calendar_on as period_on,
    chosen_brands.chosen_brand as brand,
    purchases.purchase_count as purchase_count,
    revenues.net_revenue_minor as net_revenue_minor,
    purchases.purchase_count / nullIf(period_totals.all_purchase_count, 0) as purchase_share_rate
from periods
cross join chosen_brands
left any join purchases on periods.calendar_on = purchases.purchase_period_on and chosen_brands.chosen_brand = purchases.purchase_brand
left any join revenues on periods.calendar_on = revenues.revenue_period_on and chosen_brands.chosen_brand = revenues.revenue_brand
left any join period_totals on periods.calendar_on = period_totals.total_on
order by period_on, brand
