-- One row per product sold before {as_of:Date}: units of the {days:UInt32} days before it, sold day by day. A product counts from its first sale
-- on, so a new one is not thought slow; days without a sale count as zero. The variance is that of a day's units, unbiased, and
-- never below the mean (Poisson), so that few days do not look certain.
select
    product_key as demanded_key,
    least({days:UInt32}, dateDiff('day', min(sold_on), {as_of:Date})) as observed_days,
    sumIf(day_units, sold_on >= {as_of:Date} - {days:UInt32}) as units,
    sumIf(day_gross, sold_on >= {as_of:Date} - {days:UInt32}) as gross,
    units / observed_days as daily_mean,
    greatest(
        (sumIf(day_units * day_units, sold_on >= {as_of:Date} - {days:UInt32}) - observed_days * daily_mean * daily_mean)
        / greatest(observed_days - 1, 1),
        daily_mean
    ) as daily_variance
from (
    select
        product_key,
        line_on as sold_on,
        sum(quantity) as day_units,
        sum(revenue_minor) as day_gross
    from scoped_lines
    where quantity > 0 and unit_price_minor > 0 and line_on < {as_of:Date}
    group by product_key, sold_on
)
group by demanded_key
