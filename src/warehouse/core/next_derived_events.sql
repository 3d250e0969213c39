-- Purchase and refund events from order lines, in a shop without a stream of events. They belong to no session.
insert into next_fct_events
select
    line_at as event_at,
    line_on as event_on,
    if(lines.quantity < 0, 'refund', 'purchase') as event_type,
    customer_key,
    product_key,
    0 as session_key,
    channel,
    unit_price_minor as price_minor,
    abs(lines.quantity) as quantity,
    '' as order_id,
    '' as event_id,
    '' as properties,
    false as is_bot,
    false as is_staff,
    true as is_derived,
    batch_key,
    source_row,
    '' as plan_note
from fct_order_lines as lines
where lines.quantity != 0 and lines.unit_price_minor >= 0
