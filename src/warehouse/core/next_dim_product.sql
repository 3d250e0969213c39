-- Every product in product files or sightings. Product files win over sightings; within each, attribute by attribute the
-- newest non-empty value counts; a product cost file's newest cost goes before both. Unless {is_whole:Bool}, those that are touched.
insert into next_dim_product
with

records as (

    select
        product_key,
        argMax(product_id, (batch_key, source_row)) as product_id,
        argMaxIf(name, (batch_key, source_row), name != '') as name,
        argMaxIf(category, (batch_key, source_row), category != '') as category,
        argMaxIf(category_id, (batch_key, source_row), category_id != '') as category_id,
        argMaxIf(brand, (batch_key, source_row), brand != '') as brand,
        argMax(price_minor, (batch_key, source_row)) as price_minor,
        argMax(cost_minor, (batch_key, source_row)) as cost_minor,
        argMax(stock_quantity, (batch_key, source_row)) as stock_quantity,
        argMaxIf(image_url, (batch_key, source_row), image_url != '') as image_url,
        argMaxIf(attributes, (batch_key, source_row), notEmpty(attributes)) as attributes
    from stg_products
    where batch_key in live_batches and ({is_whole:Bool} or product_key in touched_products)
    group by product_key

),

sightings as (

    select
        product_key,
        max(product_id) as product_id,
        argMaxIf(product_name, (last_at, batch_key, product_name), product_name != '') as name,
        argMaxIf(category, (last_at, batch_key, category), category != '') as category,
        argMaxIf(category_id, (last_at, batch_key, category_id), category_id != '') as category_id,
        argMaxIf(brand, (last_at, batch_key, brand), brand != '') as brand,
        argMaxOrNullIf(last_price_minor, (last_at, batch_key, last_price_minor), last_price_minor > 0) as price_minor
    from stg_product_sightings
    where batch_key in live_batches and ({is_whole:Bool} or product_key in touched_products)
    group by product_key

),

category_names as (

    select
        category_id,
        argMax(category, (batch_key, source_row)) as named_category
    from stg_categories
    where batch_key in live_batches
    group by category_id

),

merged as (

    select
        if(records.product_key != 0, records.product_key, sightings.product_key) as product_key,
        multiIf(
            records.product_id != '', records.product_id,
            product_key < 9223372036854775808, toString(product_key),
            sightings.product_id
        ) as product_id,
        if(records.name != '', records.name, sightings.name) as product_name,
        if(records.category != '', records.category, sightings.category) as given_category,
        if(records.category_id != '', records.category_id, sightings.category_id) as category_id,
        if(records.brand != '', records.brand, sightings.brand) as brand,
        ifNull(records.price_minor, sightings.price_minor) as price_minor,
        records.cost_minor as cost_minor,
        records.stock_quantity as stock_quantity,
        records.image_url as image_url,
        records.attributes as attributes
    from records
    full outer join sightings on records.product_key = sightings.product_key

)

select
    merged.product_key,
    merged.product_id,
    merged.product_name,
    multiIf(
        by_code.named_category != '', by_code.named_category,
        by_id.named_category != '', by_id.named_category,
        merged.given_category
    ) as category,
    merged.category_id,
    merged.brand,
    merged.price_minor,
    ifNull(costs.newest_cost_minor, merged.cost_minor) as cost_minor,
    merged.stock_quantity,
    merged.image_url,
    merged.attributes
from merged
left any join category_names as by_code on merged.given_category = by_code.category_id
left any join category_names as by_id on merged.category_id = by_id.category_id
left any join (
    select product_key, argMax(cost_minor, valid_from) as newest_cost_minor
    from product_day_costs
    group by product_key
) as costs on merged.product_key = costs.product_key
