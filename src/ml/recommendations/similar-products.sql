-- One row per product with a category or brand, by key: up to 20 products of the same category or brand that are most like it, from 0 to 1: 0.45 for
-- the category, 0.2 for the brand, up to 0.2 for the price (as the smaller over the larger) and up to 0.15 for shared words of
-- the name (as words in both over words in either). Of a category or brand the first 500 by key are compared.
with

described as (

    select
        product_key,
        category,
        brand,
        price_minor,
        arrayDistinct(arrayFilter(word -> lengthUTF8(word) > 2, splitByRegexp('[^\\p{L}\\p{N}]+', lowerUTF8(product_name)))) as words
    from dim_product

),

shelves as (

    select *
    from (
        select product_key, category, brand, price_minor, words, arrayJoin(arrayFilter(one -> one.2 != '', [('category', category), ('brand', brand)])) as shelf
        from described
    )
    order by product_key
    limit 500 by shelf

),

likenesses as (

    select
        own.product_key as own_key,
        other.product_key as other_key,
        0.45 * (own.category != '' and own.category = other.category)
            + 0.2 * (own.brand != '' and own.brand = other.brand)
            + 0.2 * if(own.price_minor > 0 and other.price_minor > 0, least(own.price_minor, other.price_minor) / greatest(own.price_minor, other.price_minor), 0)
            + 0.15 * length(arrayIntersect(own.words, other.words)) / greatest(1, length(arrayDistinct(arrayConcat(own.words, other.words)))) as likeness
    from shelves as own
    inner join shelves as other on own.shelf = other.shelf
    where own.product_key != other.product_key

),

ranked as (

    select
        own_key,
        arrayDistinct(groupArraySorted(40)((-ifNull(likeness, 0), other_key))) as alike
    from likenesses
    group by own_key

)

select
    toString(own_key) as product_key,
    arrayMap(one -> toString(one.2), arraySlice(alike, 1, 20)) as neighbour_keys,
    arrayMap(one -> -one.1, arraySlice(alike, 1, 20)) as weights
from ranked
order by own_key
