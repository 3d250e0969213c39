-- Purchase events with their orders: the order id given, else the session, else the event itself. A refund event that names
-- its order is a return: a purchase of a negative quantity. Unless {is_whole:Bool}, those that an order of the days
-- [{first_on:Date}, {last_on:Date}] may be made of: of these days and two beside them (a session lasts 24 hours at most), and
-- of any day when they name an order of these days. If {is_by_source:Bool}, only for orders that stand for sessions of touched sources, and
-- for those that the {added:Array(UInt32)} batches name: what other sources and batches told of an order with an id is as it was.
insert into purchase_events
select
    purchases.event_at as event_at,
    purchases.batch_key as batch_key,
    purchases.source_row as source_row,
    purchases.customer_key as customer_key,
    purchases.product_key as product_key,
    purchases.channel as channel,
    purchases.price_minor as price_minor,
    purchases.quantity as quantity,
    multiIf(
        purchases.given_order_id != '', natural_key(purchases.given_order_id),
        purchases.source_key = 0, bitOr(cityHash64(purchases.batch_key, purchases.source_row), 9223372036854775808),
        bitOr(cityHash64(purchases.source_key, purchases.is_inferred, sessions.started_at), 9223372036854775808)
    ) as order_key,
    if(purchases.given_order_id != '', purchases.given_order_id, lower(hex(order_key))) as order_id,
    amounts.currency as currency,
    amounts.price_minor as original_price_minor
from (
    select
        event_at,
        batch_key,
        source_row,
        customer_key,
        product_key,
        channel,
        price_minor,
        if(event_type = 'refund', -abs(quantity), quantity) as quantity,
        order_id as given_order_id,
        if(session_key != 0, session_key, customer_key) as source_key,
        session_key = 0 as is_inferred
    from person_events
    where
        (event_type = 'purchase' or (event_type = 'refund' and order_id != ''))
        and not is_derived
        and (
            {is_whole:Bool}
            or (
                event_on >= {first_on:Date} - 2
                and event_on <= {last_on:Date} + 2
                and (
                    not {is_by_source:Bool}
                    or order_id = '' and (source_key, is_inferred) in touched_sources
                    or batch_key in {added:Array(UInt32)}
                )
            )
            or (order_id != '' and order_id in (
                select order_id
                from person_events
                where
                    event_on >= {first_on:Date}
                    and event_on <= {last_on:Date}
                    and event_type in ('purchase', 'refund')
                    and (not {is_by_source:Bool} or batch_key in {added:Array(UInt32)})
            ))
        )
) as purchases
asof left join (
    select
        source_key,
        is_inferred,
        started_at
    from fct_sessions
    where
        purchase_count > 0
        and ({is_whole:Bool} or (started_on >= {first_on:Date} - 4 and started_on <= {last_on:Date} + 3))
        and (not {is_by_source:Bool} or (source_key, is_inferred) in touched_sources)
) as sessions
    on purchases.source_key = sessions.source_key
    and purchases.is_inferred = sessions.is_inferred
    and purchases.event_at >= sessions.started_at
left any join (
    select batch_key, source_row, currency, price_minor
    from stg_event_amounts
    where is_sale
) as amounts on purchases.batch_key = amounts.batch_key and purchases.source_row = amounts.source_row
