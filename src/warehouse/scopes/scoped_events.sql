-- Events in [{period_start:Date}, {period_end:Date}), those derived from order lines included.
select
    event_at,
    event_on,
    event_type,
    customer_key,
    product_key,
    if(session_key != 0, session_key, customer_key) as source_key,
    session_key = 0 as is_inferred,
    channel,
    price_minor,
    quantity,
    properties,
    is_derived,
    is_bot,
    is_staff,
    batch_key,
    source_row
from person_events
where
    event_on >= {period_start:Date}
    and event_on < {period_end:Date}
    and (empty({channel:Array(String)}) or has({channel:Array(String)}, channel))
