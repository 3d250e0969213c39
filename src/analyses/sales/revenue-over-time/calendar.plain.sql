-- Grain: one day of the period and the first day of its {grain:String}.
select
    toDate({period_start:Date} + number) as calendar_day_on,
    toDate(dateTrunc({grain:String}, calendar_day_on)) as calendar_period_on
from numbers(dateDiff('day', {period_start:Date}, {period_end:Date}))
