-- Products of the chosen brands and categories; a parent category includes its children.
select product_key
from dim_product
where
    (empty({brand:Array(String)}) or has({brand:Array(String)}, brand))
    and (
        empty({category:Array(String)})
        or arrayExists(wanted -> category = wanted or startsWith(category, concat(wanted, '.')), {category:Array(String)})
    )
