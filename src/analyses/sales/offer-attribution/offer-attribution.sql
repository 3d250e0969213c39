-- One row per place and source of offers clicked in [{period_start:Date}, {period_end:Date}), shop time zone, or credited with a
-- line dated in it, and '(no offer)' last for all other lines, so that the rows add up to the net revenue of the period; no row
-- at all without any offer. A line is credited to the last click of its customer on an offer of its product in the
-- {lookback_days:UInt32} days before its order was placed; a return goes where the line it takes back went. Lines without a
-- customer or a product are credited to none. Lists that a shopper opened (places category and search) are no offers.
with

clicks as (

    select
        JSONExtractString(events.properties, 'place') as clicked_place,
        JSONExtractString(events.properties, 'source') as clicked_source,
        count() as clicks,
        uniqExactIf(events.customer_key, events.customer_key != 0) as clicking_customers
    from scoped_events as events
    where
        events.event_type = 'click'
        and clicked_place not in ('', 'category', 'search')
        and clicked_source != ''
    group by clicked_place, clicked_source

),

-- Of clicks at the same instant the one read last.
last_clicks as (

    select
        customer_key,
        product_key,
        event_at,
        argMax((JSONExtractString(properties, 'place'), JSONExtractString(properties, 'source')), (batch_key, source_row)) as offer
    from person_events
    where
        event_type = 'click'
        and customer_key != 0
        and product_key != 0
        and event_on >= (select min(ordered_on) from scoped_lines) - {lookback_days:UInt32} - 1
        and event_on <= {period_end:Date}
        and customer_key in (select scoped_lines.customer_key from scoped_lines)
        and JSONExtractString(properties, 'place') not in ('', 'category', 'search')
        and JSONExtractString(properties, 'source') != ''
    group by customer_key, product_key, event_at

),

placed_lines as (

    select
        lines.order_key as line_order_key,
        lines.customer_key as line_customer_key,
        lines.product_key as line_product_key,
        lines.quantity as quantity,
        lines.quantity > 0 and lines.unit_price_minor > 0 as is_positive,
        lines.revenue_minor as revenue_minor,
        orders.placed_at as placed_at
    from scoped_lines as lines
    left any join (
        select
            order_key as placed_order_key,
            placed_at
        from fct_orders
        where order_key in (select scoped_lines.order_key from scoped_lines)
    ) as orders on lines.order_key = orders.placed_order_key

),

revenues as (

    select
        if(
            last_clicks.event_at > lines.placed_at - toIntervalDay({lookback_days:UInt32}),
            last_clicks.offer,
            ('(no offer)', '(no offer)')
        ) as credited_offer,
        uniqExactIf(lines.line_order_key, lines.is_positive) as orders,
        sumIf(lines.quantity, lines.is_positive) as units,
        sum(lines.revenue_minor) as revenue_minor
    from placed_lines as lines
    asof left join last_clicks
        on lines.line_customer_key = last_clicks.customer_key
        and lines.line_product_key = last_clicks.product_key
        and lines.placed_at >= last_clicks.event_at
    group by credited_offer

),

cells as (

    select
        cell_place,
        cell_source,
        sum(clicks) as clicks,
        sum(clicking_customers) as clicking_customers,
        sum(orders) as orders,
        sum(units) as units,
        sum(revenue_minor) as revenue_minor
    from (
        select
            clicked_place as cell_place,
            clicked_source as cell_source,
            clicks,
            clicking_customers,
            0 as orders,
            toInt64(0) as units,
            toInt64(0) as revenue_minor
        from clicks

        union all

        select
            tupleElement(credited_offer, 1),
            tupleElement(credited_offer, 2),
            0,
            0,
            orders,
            units,
            revenue_minor
        from revenues
    )
    group by cell_place, cell_source

)

select
    cells.cell_place as place,
    cells.cell_source as source,
    cells.clicks as click_count,
    cells.clicking_customers as clicking_customer_count,
    cells.orders as order_count,
    cells.units as unit_count,
    cells.revenue_minor as net_revenue_minor,
    if(sum(net_revenue_minor) over () = 0, null, net_revenue_minor / sum(net_revenue_minor) over ()) as revenue_share_rate,
    net_revenue_minor / nullIf(click_count, 0) as revenue_per_click_minor
from cells
qualify countIf(cell_place != '(no offer)') over () > 0
order by place = '(no offer)', net_revenue_minor desc, click_count desc, place, source
