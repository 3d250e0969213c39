-- One row per {grain:String} and channel with an order or with spend in [{period_start:Date}, {period_end:Date}), shop time zone. An
-- order is credited to the channels of its customer's sessions in the {lookback_days:UInt32} days before it, by {model:String};
-- without any, to the order's own channel. cac_minor and roas_rate are null where nothing was spent. Weeks start on Monday.
with

order_visits as (

    select
        order_key as visited_order_key,
        arrayMap(visit -> visit.2, arraySort(groupArray((started_at, session_channel)))) as visit_channels,
        length(visit_channels) as visit_count,
        arrayMap(
            (visit_channel, place) -> (
                visit_channel,
                multiIf(
                    {model:String} = 'first', toFloat64(place = 1),
                    {model:String} = 'last', toFloat64(place = visit_count),
                    visit_count = 1, 1.0,
                    visit_count = 2, 0.5,
                    place in (1, visit_count), 0.4,
                    0.2 / (visit_count - 2)
                )
            ),
            visit_channels,
            arrayEnumerate(visit_channels)
        ) as channels
    from (
        select
            orders.order_key as order_key,
            sessions.started_at as started_at,
            sessions.channel::String as session_channel
        from scoped_orders as orders
        inner join (
            select customer_key, started_at, channel
            from fct_sessions
            where
                customer_key != 0
                and channel != ''
                and started_on >= {period_start:Date} - {lookback_days:UInt32} - 1
                and started_on < {period_end:Date}
        ) as sessions on orders.customer_key = sessions.customer_key
        where
            orders.customer_key != 0
            and sessions.started_at <= orders.placed_at
            and sessions.started_at > orders.placed_at - toIntervalDay({lookback_days:UInt32})
    )
    group by visited_order_key

),

order_credits as (

    select
        toDate(dateTrunc({grain:String}, orders.ordered_on)) as credited_on,
        orders.ordered_on = customers.first_on and orders.placed_at = customers.first_at as is_new,
        orders.net_minor as order_minor,
        if(empty(visits.channels), [(orders.channel::String, 1.0)], visits.channels) as credits
    from scoped_orders as orders
    left any join (
        select
            customer_key as buyer_key,
            min(ordered_on) as first_on,
            min(placed_at) as first_at
        from fct_orders
        where customer_key != 0 and has_positive_line and not is_cancelled
        group by buyer_key
    ) as customers on orders.customer_key = customers.buyer_key
    left any join order_visits as visits on orders.order_key = visits.visited_order_key

),

credits as (

    select
        credited_on,
        tupleElement(credit, 1) as credited_channel,
        sum(tupleElement(credit, 2) * is_new) as new_customers,
        sum(tupleElement(credit, 2)) as orders,
        sum(tupleElement(credit, 2) * order_minor) as revenue_minor
    from order_credits
    array join credits as credit
    where tupleElement(credit, 2) > 0
    group by credited_on, credited_channel

),

spending as (

    select
        toDate(dateTrunc({grain:String}, toDate(spent_at, {time_zone:String}))) as spent_period_on,
        channel::String as spent_channel,
        sum(ifNull(if(spends.currency = '', spends.spend_minor, convert_minor(spends.spend_minor, rates.numerator, rates.denominator)), 0)) as spent_minor
    from stg_spend as spends
    left any join day_rates as rates
        on spends.currency = rates.currency and toDate(spends.spent_at, {time_zone:String}) = rates.day_on
    where
        spends.batch_key in live_batches
        and toDate(spent_at, {time_zone:String}) >= {period_start:Date}
        and toDate(spent_at, {time_zone:String}) < {period_end:Date}
        and (empty({channel:Array(String)}) or has({channel:Array(String)}, channel))
    group by spent_period_on, spent_channel

),

cells as (

    select
        period_cell_on,
        channel_cell,
        sum(new_customers) as new_customers,
        sum(orders) as orders,
        sum(revenue_minor) as revenue_minor,
        sum(spent_minor) as spent_minor
    from (
        select
            credited_on as period_cell_on,
            credited_channel as channel_cell,
            new_customers,
            orders,
            revenue_minor,
            toInt64(0) as spent_minor
        from credits

        union all

        select
            spent_period_on,
            spent_channel,
            0,
            0,
            0,
            spent_minor
        from spending
    )
    group by period_cell_on, channel_cell

)

select
    period_cell_on as period_on,
    if(channel_cell = '', '(unknown)', channel_cell) as channel,
    cells.new_customers as new_customer_count,
    cells.orders as order_count,
    cells.revenue_minor as net_revenue_minor,
    cells.spent_minor as spend_minor,
    if(spend_minor = 0, null, spend_minor / nullIf(new_customer_count, 0)) as cac_minor,
    net_revenue_minor / nullIf(spend_minor, 0) as roas_rate
from cells
order by period_on, net_revenue_minor desc, channel
