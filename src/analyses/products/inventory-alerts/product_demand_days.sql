-- One row per product sold before {as_of:Date}: units of the {days:UInt32} days before it, sold day by day. A product counts from its first sale
-- on, so a new one is not thought slow; days without a sale count as zero, stockless_days not at all. The variance is that of a day's units,
-- unbiased, and never below the mean (Poisson), so that few days do not look certain. Mean and variance are 0 where no day had stock.
select
    sold.sold_key as demanded_key,
    toUInt32(arrayCount(day -> day >= sold.first_on, lacking.stockless_dates)) as out_days,
    least({days:UInt32}, dateDiff('day', sold.first_on, {as_of:Date})) - out_days as observed_days,
    sold.sold_units as units,
    sold.sold_gross as gross,
    ifNull(units / nullIf(observed_days, 0), 0) as daily_mean,
    greatest(
        (sold.unit_squares - observed_days * daily_mean * daily_mean) / greatest(observed_days - 1, 1),
        daily_mean
    ) as daily_variance
from (
    select
        product_key as sold_key,
        min(sold_on) as first_on,
        sumIf(day_units, sold_on >= {as_of:Date} - {days:UInt32}) as sold_units,
        sumIf(day_gross, sold_on >= {as_of:Date} - {days:UInt32}) as sold_gross,
        sumIf(day_units * day_units, sold_on >= {as_of:Date} - {days:UInt32}) as unit_squares
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
    group by sold_key
) as sold
left any join (
    select stockless_key, groupArray(stockless_on) as stockless_dates
    from stockless_days
    group by stockless_key
) as lacking on sold.sold_key = lacking.stockless_key
