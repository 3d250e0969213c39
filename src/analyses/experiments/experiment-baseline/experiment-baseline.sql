-- One row for the customers of {segment:String}: their number, and what they ordered in the {window_days:UInt32} days before {as_of:Date}
-- (shop time zone). Everyone seen in the window counts for `all`; a segment's members count whether they were seen or not. Ratios of no
-- customers are null.
with

members as (

    select sessions.customer_key as member_key
    from fct_sessions as sessions
    where {segment:String} = 'all'
        and sessions.customer_key != 0
        and sessions.started_on >= {as_of:Date} - {window_days:UInt32}
        and sessions.started_on < {as_of:Date}
    union distinct
    select orders.customer_key as member_key
    from scoped_orders as orders
    where {segment:String} = 'all'
        and orders.customer_key != 0
        and orders.ordered_on >= {as_of:Date} - {window_days:UInt32}
        and orders.ordered_on < {as_of:Date}
    union distinct
    select segmented.customer_key as member_key
    from rfm_segmented as segmented
    where segmented.rfm_segment = {segment:String}

),

spent as (

    select
        facts.customer_key as buyer_key,
        countIf(facts.ordered_on >= {as_of:Date} - {window_days:UInt32}) as orders_in_window,
        sumIf(facts.net_minor, facts.ordered_on >= {as_of:Date} - {window_days:UInt32}) as net_in_window,
        sumIf(facts.net_minor, facts.ordered_on < {as_of:Date} - {window_days:UInt32}) as net_before
    from fct_orders as facts
    where facts.customer_key != 0
        and facts.has_positive_line
        and not facts.is_cancelled
        and facts.ordered_on >= {as_of:Date} - 2 * {window_days:UInt32}
        and facts.ordered_on < {as_of:Date}
    group by buyer_key

),

units as (

    select
        members.member_key as unit_key,
        spent.orders_in_window > 0 as has_ordered,
        toFloat64(spent.net_in_window) as net_minor,
        toFloat64(spent.net_before) as before_minor
    from members
    left join spent on spent.buyer_key = members.member_key

)

select
    {segment:String} as segment,
    count() as customer_count,
    customer_count / {window_days:UInt32} as daily_customer_count,
    countIf(units.has_ordered) / nullIf(customer_count, 0) as conversion_rate,
    sum(units.net_minor) / nullIf(customer_count, 0) as mean_net_revenue_minor,
    if(customer_count > 1, stddevSamp(units.net_minor), null) as standard_deviation_minor,
    if(isFinite(corr(units.net_minor, units.before_minor)), corr(units.net_minor, units.before_minor), null) as covariate_correlation
from units
order by segment
