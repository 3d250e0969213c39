-- One row per brand looked at or sold in [{period_start:Date}, {period_end:Date}), shop time zone: the {limit:UInt32} of largest net
-- revenue, or those of {brands:Array(String)}. Indices are against all brands together, 1 for the average. Products without a
-- brand are '(unknown)'. Rates are null where nothing could be divided.
with

brand_names as (

    select
        product_key,
        if(brand = '', '(unknown)', brand::String) as shown_brand
    from dim_product

),

touches as (

    select
        brand_names.shown_brand as touched_brand,
        sum(days.view_count) as views,
        sum(days.viewing_session_count) as viewing,
        sum(days.purchasing_session_count) as purchasing
    from scoped_product_days as days
    inner join brand_names on days.product_key = brand_names.product_key
    group by touched_brand

),

sales as (

    select
        brand_names.shown_brand as sold_brand,
        uniqExactIf(lines.product_key, lines.quantity > 0 and lines.unit_price_minor > 0) as products,
        uniqExactIf(lines.customer_key, lines.quantity > 0 and lines.unit_price_minor > 0 and lines.customer_key != 0) as customers,
        sumIf(lines.quantity, lines.quantity > 0 and lines.unit_price_minor > 0) as units,
        sumIf(lines.revenue_minor, lines.quantity > 0 and lines.unit_price_minor > 0) as gross,
        sum(lines.revenue_minor) as net
    from scoped_lines as lines
    inner join brand_names on lines.product_key = brand_names.product_key
    group by sold_brand

),

totals as (

    select
        if(sales.sold_brand = '', touches.touched_brand, sales.sold_brand) as total_brand,
        sales.products as products,
        sales.customers as customers,
        sales.units as units,
        sales.gross as gross,
        sales.net as net,
        touches.views as views,
        touches.viewing as viewing,
        touches.purchasing as purchasing
    from sales
    full join touches on sales.sold_brand = touches.touched_brand

),

compared as (

    select
        total_brand,
        products,
        customers,
        units,
        net,
        views,
        net / nullIf(sum(net) over (), 0) as revenue_share,
        units / nullIf(sum(units) over (), 0) as unit_share,
        purchasing / nullIf(viewing, 0) as conversion,
        conversion / nullIf(sum(purchasing) over () / nullIf(sum(viewing) over (), 0), 0) as conversion_ratio,
        gross / nullIf(units, 0) as unit_price,
        unit_price / nullIf(sum(gross) over () / nullIf(sum(units) over (), 0), 0) as price_ratio
    from totals

)

select
    compared.total_brand as brand,
    compared.products as product_count,
    compared.customers as customer_count,
    compared.views as view_count,
    compared.units as unit_count,
    compared.net as net_revenue_minor,
    compared.revenue_share as revenue_share_rate,
    compared.unit_share as unit_share_rate,
    compared.conversion as conversion_rate,
    compared.conversion_ratio as conversion_index,
    compared.unit_price as average_unit_price_minor,
    compared.price_ratio as price_index
from compared
where empty({brands:Array(String)}) or has({brands:Array(String)}, compared.total_brand)
order by net_revenue_minor desc, brand
limit {limit:UInt32}
