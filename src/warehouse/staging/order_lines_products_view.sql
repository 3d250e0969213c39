-- Writes the products an incoming block shows, one row per combination of attributes. A price in another currency than the
-- shop's is none of the product's.
create materialized view if not exists order_lines_products_view to stg_product_sightings as
select
    product_key,
    product_id,
    batch_key,
    product_name,
    category,
    category_id,
    brand,
    max(ifNull(line_at, toDateTime64(0, 3, 'UTC'))) as last_at,
    argMaxIf(unit_price_minor, ifNull(line_at, toDateTime64(0, 3, 'UTC')), currency = '') as last_price_minor
from in_order_lines
where product_key != 0
group by product_key, product_id, batch_key, product_name, category, category_id, brand
