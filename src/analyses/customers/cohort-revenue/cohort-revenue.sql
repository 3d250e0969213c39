-- One row per cohort of customers who joined in [{period_start:Date}, {period_end:Date}) and {grain:String} since, up to the one that
-- holds the last day of the period; shop time zone, weeks from Monday. Revenue is of lines dated in the {grain:String}, refunds
-- on the day of the return; what came before joining does not count.
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

revenues as (

    select
        members.cohort_on as paid_cohort_on,
        toDate(dateTrunc({grain:String}, lines.line_on)) as paid_on,
        sum(lines.revenue_minor) as paid_minor,
        uniqExactIf(lines.order_key, lines.quantity > 0 and lines.unit_price_minor > 0) as paid_order_count
    from fct_order_lines as lines
    inner join members on lines.customer_key = members.member_key
    where
        not lines.is_cancelled
        and lines.line_on < {period_end:Date}
        and ({traffic:String} = 'everyone' or (lines.customer_key, toUInt64(0), lines.ordered_on) not in flagged_days)
    group by paid_cohort_on, paid_on

)

select
    cohorts.cohort_on as cohort_month,
    dateDiff({grain:String}, cohorts.cohort_on, periods.period_on) as month_index,
    cohorts.cohort_size as cohort_size,
    toBool(periods.period_on < toDate(dateTrunc({grain:String}, {period_end:Date}))) as is_complete,
    revenues.paid_order_count as order_count,
    revenues.paid_minor as net_revenue_minor,
    sum(revenues.paid_minor) over (partition by cohorts.cohort_on order by periods.period_on) / cohorts.cohort_size as cumulative_revenue_per_customer_minor
from cohorts
cross join periods
left any join revenues on cohorts.cohort_on = revenues.paid_cohort_on and periods.period_on = revenues.paid_on
where periods.period_on >= cohorts.cohort_on
order by cohort_month, month_index
