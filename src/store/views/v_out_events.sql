-- Grain: one event of the log.
create or replace view store.v_out_events as
select
    events.event_id::text as subject_id,
    events.event_id::text as event_id,
    store.utc_text(events.happened_at) as event_at,
    events.event_type,
    coalesce('S-' || events.customer_id, 'V-' || events.visitor_id) as customer_id,
    articles.sku as product_id,
    events.session_id,
    events.channel,
    events.price_minor,
    events.quantity,
    'S-' || events.order_id as order_id,
    events.details::text as properties
from store.events
left join store.articles using (article_id);
