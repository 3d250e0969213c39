-- One row per whole month between a customer's first and last order, up to the longest: Kaplan-Meier estimate over customers with
-- an order before {as_of:Date} in [{period_start:Date}, {period_end:Date}), shop time zone. Who has not ordered in the
-- {inactive_days:UInt32} days before {as_of:Date} counts as gone with the last order; the others are censored.
with

lifetimes as (

    select
        age('month', min(orders.ordered_on), max(orders.ordered_on)) as month_count,
        max(orders.ordered_on) < {as_of:Date} - {inactive_days:UInt32} as is_gone
    from scoped_orders as orders
    where orders.customer_key != 0 and orders.ordered_on < {as_of:Date}
    group by orders.customer_key

),

ended as (

    select
        month_count,
        count() as ended_count,
        countIf(is_gone) as gone_count
    from lifetimes
    group by month_count

),

counted as (

    select
        listed.listed_month as listed_month,
        sum(ended.ended_count) over (order by listed.listed_month rows between current row and unbounded following) as at_risk_count,
        ended.gone_count as gone_count
    from (
        select arrayJoin(range(toUInt32(max(month_count) + 1))) as listed_month
        from ended
        having count() > 0
    ) as listed
    left any join ended on listed.listed_month = ended.month_count

)

select
    listed_month as month_index,
    at_risk_count,
    gone_count,
    if(
        countIf(gone_count = at_risk_count) over up_to_here > 0,
        0,
        exp(sum(log(greatest(1 - gone_count / at_risk_count, 1e-300))) over up_to_here)
    ) as survival_rate
from counted
window up_to_here as (order by listed_month rows between unbounded preceding and current row)
order by month_index
