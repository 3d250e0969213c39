-- Fingerprints (first 64 bits of SHA-256) of every message id and every completed order of the batches after
-- {after_key:UInt32}; ids and orders are told apart by what stands before them.
select reinterpretAsUInt64(substring(SHA256(concat('id ', event_id)), 1, 8)) as fingerprint
from fct_events
where event_id != '' and not is_derived and batch_key > {after_key:UInt32}

union all

select reinterpretAsUInt64(substring(SHA256(concat('id ', message_id)), 1, 8))
from stg_customers
where message_id != '' and batch_key > {after_key:UInt32} and batch_key in live_batches

union all

select reinterpretAsUInt64(substring(SHA256(concat('order ', order_id)), 1, 8))
from fct_events
where event_type = 'purchase' and order_id != '' and not is_derived and batch_key > {after_key:UInt32}
