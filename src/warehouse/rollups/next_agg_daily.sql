-- Days in [{first_on:Date}, {last_on:Date}], from the facts; unless {is_whole:Bool}, events as the rollup has them and those of the
-- {added:Array(UInt32)} batches. Events are those of {events:Identifier}: person_events, or touched_events. Visitors are those of
-- next_agg_visitor_daily.
insert into next_agg_daily
select
    day_on,
    sum(event_count),
    sum(view_count),
    sum(cart_count),
    sum(purchase_event_count),
    sum(visitor_count),
    sum(session_count),
    sum(purchasing_session_count),
    sum(order_count),
    sum(unit_count),
    sum(gross_minor),
    sum(refund_minor)
from (
    select
        event_on as day_on,
        count() as event_count,
        countIf(event_type = 'view') as view_count,
        countIf(event_type = 'cart_add') as cart_count,
        countIf(event_type = 'purchase') as purchase_event_count,
        0 as visitor_count,
        0 as session_count,
        0 as purchasing_session_count,
        0 as order_count,
        0 as unit_count,
        0 as gross_minor,
        0 as refund_minor
    from {events:Identifier}
    where
        event_on >= {first_on:Date}
        and event_on <= {last_on:Date}
        and ({is_whole:Bool} or batch_key in {added:Array(UInt32)})
    group by event_on

    union all

    select
        day_on,
        event_count,
        view_count,
        cart_count,
        purchase_event_count,
        0, 0, 0, 0, 0, 0, 0
    from agg_daily
    where day_on >= {first_on:Date} and day_on <= {last_on:Date} and event_count > 0 and not {is_whole:Bool}

    union all

    select
        day_on,
        0, 0, 0, 0,
        groupBitmapMerge(visitors) + sum(length(further_visitors)) as visitor_count,
        0, 0, 0, 0, 0, 0
    from next_agg_visitor_daily
    where day_on >= {first_on:Date} and day_on <= {last_on:Date}
    group by day_on

    union all

    select
        started_on as day_on,
        0, 0, 0, 0, 0,
        count() as session_count,
        countIf(purchase_count > 0) as purchasing_session_count,
        0, 0, 0, 0
    from fct_sessions
    where started_on >= {first_on:Date} and started_on <= {last_on:Date}
    group by started_on

    union all

    select
        ordered_on as day_on,
        0, 0, 0, 0, 0, 0, 0,
        countIf(has_positive_line) as order_count,
        0, 0, 0
    from fct_orders
    where ordered_on >= {first_on:Date} and ordered_on <= {last_on:Date} and not is_cancelled
    group by ordered_on

    union all

    select
        line_on as day_on,
        0, 0, 0, 0, 0, 0, 0, 0,
        sumIf(quantity, quantity > 0 and unit_price_minor > 0) as unit_count,
        sumIf(revenue_minor, revenue_minor > 0) as gross_minor,
        -sumIf(revenue_minor, revenue_minor < 0) as refund_minor
    from fct_order_lines
    where line_on >= {first_on:Date} and line_on <= {last_on:Date} and not is_cancelled
    group by line_on
)
group by day_on
