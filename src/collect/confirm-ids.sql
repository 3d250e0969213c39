-- Which of some ids and orders the warehouse holds now: one row for each.
select concat('id ', event_id) as known
from fct_events
where event_id in {ids:Array(String)} and not is_derived
group by event_id

union all

select concat('id ', message_id)
from stg_customers
where message_id in {ids:Array(String)} and batch_key in live_batches
group by message_id

union all

select concat('order ', order_id)
from fct_events
where event_type = 'purchase' and order_id in {orders:Array(String)} and not is_derived
group by order_id
