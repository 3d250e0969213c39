-- Grain: one natural id of {keys:Array(UInt64)}: the number itself, or what was landed beside a hashed key.
select customer_id from stg_customer_ids where customer_key in {keys:Array(UInt64)}
union distinct
select customer_id from stg_orders where customer_key in {keys:Array(UInt64)} and customer_id != ''
union distinct
select toString(key) as customer_id
from (select arrayJoin({keys:Array(UInt64)}) as key)
where key < 9223372036854775808
