-- Writes the products an incoming block shows, one row per combination of attributes.
create materialized view if not exists events_products_view to stg_product_sightings as
select
    product_key,
    product_id,
    batch_key,
    product_name,
    category,
    category_id,
    brand,
    max(event_at) as last_at,
    argMax(price_minor, event_at) as last_price_minor
from in_events
where product_key != 0
group by product_key, product_id, batch_key, product_name, category, category_id, brand
