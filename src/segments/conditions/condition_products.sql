-- Grain: one product out of those named.
select product_key
from dim_product
where has({product_id:Array(String)}, product_id)
