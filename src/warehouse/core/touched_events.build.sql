-- Events on days in [{first_on:Date}, {last_on:Date}] of the sources in touched_sources, and those of nobody in the {added:Array(UInt32)}
-- batches: all that the added batches brought, and all that sessions and product days of these sources are made of.
insert into touched_events
select
    event_at,
    event_on,
    event_type,
    customer_key,
    product_key,
    session_key,
    channel,
    price_minor,
    quantity,
    is_derived,
    batch_key,
    source_row
from person_events
where
    event_on >= {first_on:Date}
    and event_on <= {last_on:Date}
    and not is_derived
    and (
        (if(session_key != 0, session_key, customer_key), session_key = 0) in touched_sources
        or session_key = 0 and customer_key = 0 and batch_key in {added:Array(UInt32)}
    )
