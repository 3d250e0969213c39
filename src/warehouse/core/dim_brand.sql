-- Grain: one brand that a product has.
create view if not exists dim_brand as
select
    brand,
    count() as product_count
from dim_product
where brand != ''
group by brand
