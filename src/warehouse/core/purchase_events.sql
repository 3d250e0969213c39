-- Grain: one purchase event with the order it belongs to: the order id given, else its session, else itself. A refund event
-- that names its order is a return: a purchase of a negative quantity.
create view if not exists purchase_events as
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
    if(purchases.given_order_id != '', purchases.given_order_id, lower(hex(order_key))) as order_id
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
    from fct_events
    where (event_type = 'purchase' or (event_type = 'refund' and order_id != '')) and not is_derived
) as purchases
asof left join (
    select
        source_key,
        is_inferred,
        started_at
    from fct_sessions
    where purchase_count > 0
) as sessions
    on purchases.source_key = sessions.source_key
    and purchases.is_inferred = sessions.is_inferred
    and purchases.event_at >= sessions.started_at
