-- One row per product sold in the {weeks:UInt32} whole weeks before {as_of:Date}, shop time zone: how much and how evenly. Weeks are seven days counted
-- back from {as_of:Date}; a product counts from the week of its first sale in them on. stockless_days are no days of demand: means are over days with stock,
-- and a week without any of them is none. The most units first.
with

stockless_weeks as (

    select
        stockless_key,
        intDiv(dateDiff('day', stockless_on, {as_of:Date}) - 1, 7) as weeks_ago,
        count() as lacking_days
    from stockless_days
    group by stockless_key, weeks_ago

),

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

first_weeks as (

    select
        demanded_key as first_key,
        any(observed) as weeks_since_first
    from observed_weeks
    group by first_key

),

lacks as (

    select
        stockless_key,
        sum(lacking_days) as out_days,
        countIf(lacking_days = 7) as out_weeks,
        sumIf(lacking_days, weeks_ago < intDiv(weeks_since_first, 2)) as late_out_days,
        sumIf(lacking_days, weeks_ago >= weeks_since_first - intDiv(weeks_since_first, 2)) as early_out_days
    from stockless_weeks
    inner join first_weeks on stockless_key = first_key
    where weeks_ago < weeks_since_first
    group by stockless_key

),

patterns as (

    select
        demanded_key,
        any(observed) as whole_count,
        any(out_days) as whole_out_days,
        whole_count - any(out_weeks) as observed_count,
        sum(units) as total_units,
        sum(orders) as total_orders,
        count() as selling,
        observed_count / selling as gap,
        varPop(units) / (avg(units) * avg(units)) as variation,
        sumIf(units, weeks_ago < intDiv(observed, 2)) as late_units,
        sumIf(units, weeks_ago >= observed - intDiv(observed, 2)) as early_units,
        7 * intDiv(whole_count, 2) - any(late_out_days) as late_days,
        7 * intDiv(whole_count, 2) - any(early_out_days) as early_days
    from observed_weeks
    left any join lacks on demanded_key = stockless_key
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
    patterns.whole_out_days as out_of_stock_day_count,
    7 * patterns.total_units / (7 * patterns.whole_count - patterns.whole_out_days) as mean_weekly_unit_count,
    patterns.gap as mean_interval_weeks,
    patterns.variation as squared_variation,
    multiIf(
        patterns.gap < 1.32 and patterns.variation < 0.49, 'smooth',
        patterns.gap < 1.32, 'erratic',
        patterns.variation < 0.49, 'intermittent',
        'lumpy'
    ) as demand_pattern,
    (patterns.late_units / nullIf(patterns.late_days, 0)) / nullIf(patterns.early_units / nullIf(patterns.early_days, 0), 0) - 1 as trend_rate
from patterns
inner join dim_product as products on patterns.demanded_key = products.product_key
order by unit_count desc, product_id
limit {limit:UInt32}
