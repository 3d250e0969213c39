-- Grain: one category path that a product has, split into its levels.
create view if not exists dim_category as
select
    category,
    splitByChar('.', category::String)[1] as level_1,
    splitByChar('.', category::String)[2] as level_2,
    splitByChar('.', category::String)[3] as level_3,
    length(splitByChar('.', category::String)) as depth,
    count() as product_count
from dim_product
where category != ''
group by category
