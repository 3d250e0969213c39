-- One row per product sold in the {weeks:UInt32} whole weeks before {as_of:Date}, shop time zone: how much and how evenly. Weeks are seven days counted
-- back from {as_of:Date}; a product counts from the week of its first sale in them on. The most units first.
with

week_units as (

    select
        lines.product_key as demanded_key,
        intDiv(dateDiff('day', lines.line_on, {as_of:Date}) - 1, 7) as weeks_ago,
        sum(lines.quantity) as units,
        uniqExact(lines.order_key) as orders
    from scoped_lines as lines
    where
        lines.quantity > 0
        and lines.unit_price_minor > 0
        and lines.product_key != 0
        and lines.line_on < {as_of:Date}
        and lines.line_on >= {as_of:Date} - 7 * {weeks:UInt32}
    group by demanded_key, weeks_ago

),

observed_weeks as (

    select
        demanded_key,
        weeks_ago,
        units,
        orders,
        toUInt64(max(weeks_ago) over (partition by demanded_key)) + 1 as observed
    from week_units

),

patterns as (

    select
        demanded_key,
        any(observed) as observed_count,
        sum(units) as total_units,
        sum(orders) as total_orders,
        count() as selling,
        observed_count / selling as gap,
        varPop(units) / (avg(units) * avg(units)) as variation,
        sumIf(units, weeks_ago < intDiv(observed, 2)) as late_units,
        sumIf(units, weeks_ago >= observed - intDiv(observed, 2)) as early_units
    from observed_weeks
    group by demanded_key

)

select
    products.product_id as product_id,
    nullIf(products.product_name, '') as product_name,
    nullIf(products.category, '') as category,
    patterns.total_units as unit_count,
    patterns.total_orders as order_count,
    patterns.observed_count as week_count,
    patterns.selling as selling_week_count,
    patterns.total_units / patterns.observed_count as mean_weekly_unit_count,
    patterns.gap as mean_interval_weeks,
    patterns.variation as squared_variation,
    multiIf(
        patterns.gap < 1.32 and patterns.variation < 0.49, 'smooth',
        patterns.gap < 1.32, 'erratic',
        patterns.variation < 0.49, 'intermittent',
        'lumpy'
    ) as demand_pattern,
    patterns.late_units / nullIf(patterns.early_units, 0) - 1 as trend_rate
from patterns
inner join dim_product as products on patterns.demanded_key = products.product_key
order by unit_count desc, product_id
limit {limit:UInt32}
