-- One row per cohort of customers who joined in [{period_start:Date}, {period_end:Date}) and {grain:String} since, up to the
-- one that holds the last day of the period; shop time zone, weeks from Monday. Counts of a {grain:String} that has not ended
-- are shown with is_complete = false and a rate of null. Activity before joining does not count.
with

members as (

    select
        cohort_members.member_key as member_key,
        toDate(dateTrunc({grain:String}, cohort_members.joined_on)) as cohort_on
    from cohort_members
    where cohort_members.joined_on >= {period_start:Date} and cohort_members.joined_on < {period_end:Date}

),

cohorts as (

    select
        cohort_on,
        count() as cohort_size
    from members
    group by cohort_on

),

periods as (

    select distinct toDate(dateTrunc({grain:String}, {period_start:Date} + number)) as period_on
    from numbers(dateDiff('day', {period_start:Date}, {period_end:Date}))

),

active_members as (

    select
        members.cohort_on as active_cohort_on,
        toDate(dateTrunc({grain:String}, activity.active_on)) as active_period_on,
        uniqExact(members.member_key) as active_customer_count
    from customer_activity as activity
    inner join members on activity.customer_key = members.member_key
    group by active_cohort_on, active_period_on

)

select
    cohorts.cohort_on as cohort_month,
    dateDiff({grain:String}, cohorts.cohort_on, periods.period_on) as month_index,
    cohorts.cohort_size as cohort_size,
    active_members.active_customer_count as active_customer_count,
    toBool(periods.period_on < toDate(dateTrunc({grain:String}, {period_end:Date}))) as is_complete,
    if(is_complete, active_customer_count / cohort_size, null) as retention_rate,
    if({grain:String} = 'month', formatDateTime(cohort_month, '%b %Y'), toString(cohort_month)) as cohort
from cohorts
cross join periods
left any join active_members
    on cohorts.cohort_on = active_members.active_cohort_on and periods.period_on = active_members.active_period_on
where periods.period_on >= cohorts.cohort_on
order by cohort_month, month_index
