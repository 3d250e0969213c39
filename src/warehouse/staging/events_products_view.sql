-- Writes the products an incoming block shows, one row per combination of attributes. Grouped by one hash of the combination,
-- which the engine does several times faster than by six columns. A price in another currency than the shop's is none of the
-- product's.
create materialized view if not exists events_products_view to stg_product_sightings as
select
    any(product_key) as product_key,
    any(product_id) as product_id,
    any(batch_key) as batch_key,
    any(product_name) as product_name,
    any(category) as category,
    any(category_id) as category_id,
    any(brand) as brand,
    max(event_at) as last_at,
    argMaxIf(price_minor, event_at, currency = '') as last_price_minor
from in_events
where in_events.product_key != 0
group by cityHash64(in_events.product_key, in_events.product_name, in_events.category, in_events.category_id, in_events.brand)
