-- One row per price band that has products, cheapest first: products sold in [{period_start:Date}, {period_end:Date}), shop time
-- zone, by the mean price paid for a unit, cut into {bands:UInt32} bands at its quantiles (linear interpolation); products of
-- equal price share a band. Lines that name no product are left out.
with

sales as (

    select
        lines.product_key as sold_key,
        lines.order_key as order_key,
        sum(lines.quantity) as unit_count,
        sum(lines.revenue_minor) as gross_revenue_minor
    from scoped_lines as lines
    where lines.quantity > 0 and lines.unit_price_minor > 0 and lines.product_key != 0
    group by sold_key, order_key

),

prices as (

    select
        sales.sold_key as priced_key,
        sum(sales.gross_revenue_minor) / sum(sales.unit_count) as price_minor
    from sales
    group by priced_key

),

cut_points as (

    select arrayMap(
        place -> sorted_prices[toUInt32(floor(place)) + 1]
            + (place - floor(place))
            * (sorted_prices[least(length(sorted_prices), toUInt32(floor(place)) + 2)] - sorted_prices[toUInt32(floor(place)) + 1]),
        arrayMap(step -> step * (length(sorted_prices) - 1) / {bands:UInt32}, range(1, {bands:UInt32}))
    ) as points
    from (
        select arraySort(groupArray(price_minor)) as sorted_prices
        from prices
    )

),

banded as (

    select
        prices.priced_key as banded_key,
        prices.price_minor as price_minor,
        1 + arrayCount(point -> point < prices.price_minor, cut_points.points) as price_band
    from prices
    cross join cut_points

)

select
    banded.price_band as band,
    min(banded.price_minor) as lower_minor,
    max(banded.price_minor) as upper_minor,
    uniqExact(sales.sold_key) as product_count,
    uniqExact(sales.order_key) as order_count,
    sum(sales.unit_count) as unit_count,
    sum(sales.gross_revenue_minor) as gross_revenue_minor,
    gross_revenue_minor / nullIf(sum(gross_revenue_minor) over (), 0) as revenue_share_rate
from sales
inner join banded on sales.sold_key = banded.banded_key
group by band
order by band
