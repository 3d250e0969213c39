-- Days in [{first_on:Date}, {last_on:Date}], from the facts.
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
        uniqExactIf(customer_key, customer_key != 0) as visitor_count,
        0 as session_count,
        0 as purchasing_session_count,
        0 as order_count,
        0 as unit_count,
        0 as gross_minor,
        0 as refund_minor
    from person_events
    where event_on >= {first_on:Date} and event_on <= {last_on:Date}
    group by event_on

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
