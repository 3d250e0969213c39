-- One row per product that has stock and sells, on {as_of:Date}, shop time zone: how likely the next {horizon_days:UInt32} days ask for more than
-- there is. Demand is that of product_demand_days, taken as normal with its mean and variance over the horizon. The most money at risk first.
with

likelihoods as (

    select
        products.product_id as product_id,
        nullIf(products.product_name, '') as product_name,
        products.category as category,
        assumeNotNull(products.stock_quantity) as stock,
        demand.daily_mean as daily_mean,
        demand.gross / demand.units as unit_price,
        demand.daily_mean * {horizon_days:UInt32} as expected,
        sqrt(demand.daily_variance * {horizon_days:UInt32}) as spread,
        (stock - expected) / spread as distance,
        erfc(distance / sqrt(2)) / 2 as shortage,
        -- The unit normal loss function: units asked for beyond the stock, on average.
        spread * (exp(-distance * distance / 2) / sqrt(2 * pi()) - distance * shortage) as missing
    from dim_product as products
    inner join product_demand_days as demand on products.product_key = demand.demanded_key
    where
        products.stock_quantity > 0
        and demand.units > 0
        and products.product_key in scoped_products

)

select
    likelihoods.product_id as product_id,
    likelihoods.product_name as product_name,
    nullIf(likelihoods.category, '') as category,
    likelihoods.stock as stock_quantity,
    likelihoods.expected as expected_unit_count,
    if(
        likelihoods.stock / likelihoods.daily_mean <= 3650,
        toNullable({as_of:Date} + toUInt32(floor(likelihoods.stock / likelihoods.daily_mean))),
        null
    ) as expected_out_on,
    likelihoods.shortage as stockout_rate,
    greatest(likelihoods.missing, 0) as missing_unit_count,
    missing_unit_count * likelihoods.unit_price as revenue_at_risk_minor
from likelihoods
order by revenue_at_risk_minor desc, stockout_rate desc, product_id
limit {limit:UInt32}
