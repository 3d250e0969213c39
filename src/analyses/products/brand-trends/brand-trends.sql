-- One row per {grain:String} of [{period_start:Date}, {period_end:Date}), shop time zone, and brand: the brands asked for,
-- else the {limit:UInt32} with most purchases. Periods without a purchase are included. Weeks start on Monday. Products
-- without a brand are '(unknown)'. Purchases derived from order lines count in shops without a stream of events.
with

brand_names as (

    select
        product_key,
        if(brand = '', '(unknown)', brand) as shown_brand
    from dim_product

),

purchases as (

    select
        toDate(dateTrunc({grain:String}, daily.day_on)) as purchase_period_on,
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
        toDate(dateTrunc({grain:String}, lines.line_on)) as revenue_period_on,
        brand_names.shown_brand as revenue_brand,
        sum(lines.revenue_minor) as net_revenue_minor
    from scoped_lines as lines
    inner join brand_names on lines.product_key = brand_names.product_key
    group by revenue_period_on, revenue_brand

),

chosen_brands as (

    select purchase_brand as chosen_brand
    from purchases
    where empty({brands:Array(String)}) or has({brands:Array(String)}, purchase_brand)
    group by purchase_brand
    order by sum(purchase_count) desc, purchase_brand
    limit greatest({limit:UInt32}, length({brands:Array(String)}))

),

periods as (

    select distinct toDate(dateTrunc({grain:String}, {period_start:Date} + number)) as calendar_on
    from numbers(dateDiff('day', {period_start:Date}, {period_end:Date}))

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
