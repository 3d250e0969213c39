-- Writes each incoming event to the load table. Robots are marked there, once the whole file is in; prices in
-- another currency than the shop's too, as far as their rate is known.
create materialized view if not exists load_events_view to load_events as
select
    event_at,
    event_on,
    event_type,
    customer_key,
    product_key,
    session_key,
    channel,
    if(currency = '', price_minor, 0) as price_minor,
    quantity,
    order_id,
    event_id,
    properties,
    false as is_bot,
    says_test(properties) as is_staff,
    false as is_derived,
    batch_key,
    source_row,
    plan_note
from in_events
