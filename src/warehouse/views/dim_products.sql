-- Grain: one product with its newest attributes, as in dim_product.
create or replace view dim_products as
select
    product_key,
    product_id,
    product_name,
    category,
    brand,
    price_minor,
    cost_minor,
    stock_quantity
from dim_product
