-- Grain: one calendar day from 2000-01-01 to 2079-12-31. Weeks are ISO weeks.
create table if not exists dim_date (
    day_on Date comment 'The day',
    time_key UInt32 comment 'The day as YYYYMMDD',
    day_of_month UInt8 comment '1 to 31',
    year UInt16 comment 'Calendar year',
    quarter UInt8 comment '1 to 4',
    month UInt8 comment '1 to 12',
    month_on Date comment 'First day of the month',
    iso_year UInt16 comment 'Year of the ISO week',
    iso_week UInt8 comment '1 to 53',
    week_on Date comment 'Monday of the ISO week',
    weekday UInt8 comment '1 Monday to 7 Sunday',
    is_weekend Bool comment 'Saturday or Sunday',
    fiscal_year UInt16 comment 'Calendar year in which the fiscal year ends',
    fiscal_month UInt8 comment 'Month of the fiscal year from 1'
)
engine = MergeTree
order by day_on
