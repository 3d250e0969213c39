-- Rates by day, from those that were told: in units of {currency:String}, or in units for one euro, of which two make a cross
-- rate. {decimals:Map(String, UInt8)} holds the decimals of currencies that do not have two.
insert into next_day_rates
with

told as (

    select
        currency as told_currency,
        rate_on as told_on,
        form as told_form,
        max((batch_key, source_row)) as told_key,
        toInt256(toDecimal256(argMax(rate, (batch_key, source_row)), 12) * toInt64(1000000000000)) as units
    from stg_exchange_rates
    where batch_key in live_batches
    group by told_currency, told_on, told_form

),

euro_quotes as (

    select told_currency, told_on, told_key, units
    from told
    where told_form = 'units_per_euro' and told_currency != 'EUR'
    union all
    select 'EUR' as told_currency, told_on, max(told_key) as told_key, toInt256(1000000000000) as units
    from told
    where told_form = 'units_per_euro'
    group by told_on

),

fractions as (

    select told_currency, told_on, told_key, units as numerator_units, toInt256(1000000000000) as denominator_units
    from told
    where told_form = 'shop_units'
    union all
    select
        quotes.told_currency as told_currency,
        quotes.told_on as told_on,
        greatest(quotes.told_key, shop_quotes.told_key) as told_key,
        shop_quotes.units as numerator_units,
        quotes.units as denominator_units
    from euro_quotes as quotes
    inner join euro_quotes as shop_quotes on quotes.told_on = shop_quotes.told_on
    where shop_quotes.told_currency = {currency:String}

),

days as (

    select
        told_currency,
        told_on,
        argMax((numerator_units, denominator_units), told_key) as fraction
    from fractions
    where told_currency != {currency:String}
    group by told_currency, told_on

),

spans as (

    select
        told_currency,
        told_on,
        fraction,
        leadInFrame(toNullable(told_on)) over (
            partition by told_currency order by told_on rows between unbounded preceding and unbounded following
        ) as next_on
    from days

)

select
    told_currency as currency,
    told_on + arrayJoin(range(toUInt32(least(8, ifNull(next_on - told_on, 8))))) as day_on,
    told_on as rate_on,
    toFloat64(fraction.1) / toFloat64(fraction.2) as rate,
    fraction.1 * toInt256(intExp10(if(mapContains({decimals:Map(String, UInt8)}, {currency:String}), {decimals:Map(String, UInt8)}[{currency:String}], 2))) as numerator,
    fraction.2 * toInt256(intExp10(if(mapContains({decimals:Map(String, UInt8)}, told_currency), {decimals:Map(String, UInt8)}[told_currency], 2))) as denominator
from spans
