-- Grain: one row per cohort and day, week or month since it began. The analysis cohort-retention over all days of the data; generated from it by `npm run generate`, not
-- to be edited.
create or replace view vw_cohort_retention as
with

segment_customers as (
    select customer_key
    from dim_customer
    where false

),

scoped_customers as (
    select customer_key
    from dim_customer
    where
        (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), country))
        and (empty(cast([], 'Array(String)')) or customer_key in segment_customers)
        and ('everyone' = 'everyone' or customer_key not in (select customer_key from dim_staff))

),

flagged_days as (
    select
        customer_key,
        session_key,
        day_on
    from agg_flagged_daily

),

customer_activity as (
    select distinct
        customer_key,
        ordered_on as active_on
    from fct_orders
    where
        customer_key != 0
        and has_positive_line
        and not is_cancelled
        and ordered_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and (
            (empty(cast([], 'Array(String)')) and empty(cast([], 'Array(String)')) and 'everyone' = 'everyone')
            or customer_key in scoped_customers
        )
        and ('everyone' = 'everyone' or (customer_key, toUInt64(0), ordered_on) not in flagged_days)

),

cohort_members as (
    select
        activity.customer_key as member_key,
        min(activity.active_on) as joined_on
    from customer_activity as activity
    group by member_key

),

members as (

    select
        cohort_members.member_key as member_key,
        toDate(dateTrunc('month', cohort_members.joined_on)) as cohort_on
    from cohort_members
    where cohort_members.joined_on >= assumeNotNull((select min(day_on) from agg_daily)) and cohort_members.joined_on < assumeNotNull((select max(day_on) + 1 from agg_daily))

),

cohorts as (

    select
        cohort_on,
        count() as cohort_size
    from members
    group by cohort_on

),

periods as (

    select distinct toDate(dateTrunc('month', assumeNotNull((select min(day_on) from agg_daily)) + number)) as period_on
    from numbers(dateDiff('day', assumeNotNull((select min(day_on) from agg_daily)), assumeNotNull((select max(day_on) + 1 from agg_daily))))

),

active_members as (

    select
        members.cohort_on as active_cohort_on,
        toDate(dateTrunc('month', activity.active_on)) as active_period_on,
        uniqExact(members.member_key) as active_customer_count
    from customer_activity as activity
    inner join members on activity.customer_key = members.member_key
    group by active_cohort_on, active_period_on

)

select
    cohorts.cohort_on as cohort_month,
    dateDiff('month', cohorts.cohort_on, periods.period_on) as month_index,
    cohorts.cohort_size as cohort_size,
    active_members.active_customer_count as active_customer_count,
    toBool(periods.period_on < toDate(dateTrunc('month', assumeNotNull((select max(day_on) + 1 from agg_daily))))) as is_complete,
    if(is_complete, active_customer_count / cohort_size, null) as retention_rate,
    if('month' = 'month', formatDateTime(cohort_month, '%b %Y'), toString(cohort_month)) as cohort
from cohorts
cross join periods
left any join active_members
    on cohorts.cohort_on = active_members.active_cohort_on and periods.period_on = active_members.active_period_on
where periods.period_on >= cohorts.cohort_on
order by cohort_month, month_index
