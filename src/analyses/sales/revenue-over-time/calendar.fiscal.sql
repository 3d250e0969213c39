-- Grain: one day of the period and the first day of its {grain:String}, by the shop's fiscal year.
select
    day_on as calendar_day_on,
    addMonths(month_on, -if({grain:String} = 'fiscal_year', fiscal_month - 1, (fiscal_month - 1) % 3)) as calendar_period_on
from dim_date
where day_on >= {period_start:Date} and day_on < {period_end:Date}
