-- The calendar; the fiscal year starts in month {fiscal_year_start:UInt8}.
insert into next_dim_date
select
    toDate('2000-01-01') + number as day_on,
    toYYYYMMDD(day_on) as time_key,
    toDayOfMonth(day_on) as day_of_month,
    toYear(day_on) as year,
    toQuarter(day_on) as quarter,
    toMonth(day_on) as month,
    toStartOfMonth(day_on) as month_on,
    toISOYear(day_on) as iso_year,
    toISOWeek(day_on) as iso_week,
    toMonday(day_on) as week_on,
    toDayOfWeek(day_on) as weekday,
    weekday >= 6 as is_weekend,
    year + (month >= {fiscal_year_start:UInt8} and {fiscal_year_start:UInt8} > 1) as fiscal_year,
    (month + 12 - {fiscal_year_start:UInt8}) % 12 + 1 as fiscal_month
from numbers(29220)
