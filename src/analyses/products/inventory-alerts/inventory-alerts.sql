-- One row per product whose stock is known and needs somebody on {as_of:Date}, shop time zone: out of stock, to reorder, or more than it will sell.
-- Demand is that of product_demand_days. Reorder point = demand of {lead_time_days:UInt32} days + safety stock; reorder up to {cover_days:UInt32}
-- days more. days_of_cover is null where nothing was sold. The most money a day first.
with

judged as (

    select
        products.product_id as product_id,
        nullIf(products.product_name, '') as product_name,
        products.category as category,
        assumeNotNull(products.stock_quantity) as stock,
        demand.units as units,
        demand.out_days as out_days,
        demand.daily_mean as daily_mean,
        demand.gross / nullIf(demand.observed_days, 0) as daily_gross,
        multiIf(
            {service_level:String} = '0.9', 1.2816,
            {service_level:String} = '0.98', 2.0537,
            {service_level:String} = '0.99', 2.3263,
            1.6449
        ) as z,
        toInt64(ceil(z * sqrt(demand.daily_variance * {lead_time_days:UInt32}))) as safety_stock,
        toInt64(ceil(daily_mean * {lead_time_days:UInt32})) + safety_stock as reorder_point,
        if(daily_mean > 0, stock / daily_mean, null) as cover,
        multiIf(
            stock <= 0 and daily_mean > 0, 'out_of_stock',
            daily_mean > 0 and stock <= reorder_point, 'reorder',
            stock > 0 and daily_mean = 0, 'not_selling',
            cover > {overstock_days:UInt32}, 'overstock',
            ''
        ) as state
    from dim_product as products
    left any join product_demand_days as demand on products.product_key = demand.demanded_key
    where isNotNull(products.stock_quantity) and products.product_key in scoped_products

)

select
    judged.product_id as product_id,
    judged.product_name as product_name,
    nullIf(judged.category, '') as category,
    judged.state as alert,
    judged.stock as stock_quantity,
    judged.units as unit_count,
    judged.out_days as out_of_stock_day_count,
    judged.daily_mean as mean_daily_unit_count,
    judged.cover as days_of_cover,
    judged.safety_stock as safety_stock_quantity,
    judged.reorder_point as reorder_point_quantity,
    if(
        judged.state in ('out_of_stock', 'reorder'),
        greatest(0, judged.reorder_point + toInt64(ceil(judged.daily_mean * {cover_days:UInt32})) - judged.stock),
        0
    ) as reorder_quantity,
    judged.daily_gross as mean_daily_revenue_minor
from judged
where judged.state != ''
order by indexOf(['out_of_stock', 'reorder', 'overstock', 'not_selling'], alert), ifNull(mean_daily_revenue_minor, 0) desc, stock_quantity desc, product_id
limit {limit:UInt32}
