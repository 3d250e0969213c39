-- One row per tier that has customers, the lowest first: customers with an order in [{period_start:Date}, {period_end:Date}), shop
-- time zone, by net revenue. The tier is 1 + the number of cut points ({cuts:Array(Float64)} quantiles, linear interpolation)
-- strictly below the value, so that equal values share a tier. revenue_share_rate is null when the total is 0.
with

cut_points as (

    select arrayMap(
        place -> sorted[toUInt32(floor(place)) + 1]
            + (place - floor(place)) * (sorted[least(length(sorted), toUInt32(floor(place)) + 2)] - sorted[toUInt32(floor(place)) + 1]),
        arrayMap(cut -> cut * (length(sorted) - 1), {cuts:Array(Float64)})
    ) as points
    from (
        select arraySort(groupArray(net_revenue_minor)) as sorted
        from scoped_buyers
    )

),

tiered as (

    select
        1 + arrayCount(point -> point < buyers.net_revenue_minor, cut_points.points) as tier_rank,
        buyers.net_revenue_minor as revenue_minor
    from scoped_buyers as buyers
    cross join cut_points

)

select
    ['Bronze', 'Silver', 'Gold', 'Platinum'][tier_rank] as tier,
    count() as customer_count,
    sum(revenue_minor) as net_revenue_minor,
    net_revenue_minor / nullIf(sum(net_revenue_minor) over (), 0) as revenue_share_rate,
    min(revenue_minor) as min_revenue_minor,
    max(revenue_minor) as max_revenue_minor
from tiered
group by tier_rank
order by tier_rank
