-- Grain: one calendar day, the calendar of the star around fact_sales. time_key is YYYYMMDD; weeks are ISO weeks.
create or replace view dim_time as
select
    time_key,
    day_on,
    year,
    quarter,
    month,
    month_on,
    iso_year,
    iso_week,
    weekday,
    is_weekend,
    fiscal_year,
    fiscal_month
from dim_date
