-- Grain: one key that an entry separates from {keys:Array(UInt64)}.
select distinct toString(if(from_key in {keys:Array(UInt64)}, to_key, from_key)) as other_key
from identity_links
where
    kind = 'separation'
    and (from_key in {keys:Array(UInt64)}) != (to_key in {keys:Array(UInt64)})
order by other_key
