-- Every change of an order's status, the oldest first.
select order_status_log.changed_at, order_status_log.from_status, order_status_log.to_status, order_status_log.note
from store.order_status_log
where order_status_log.order_id = {order_id:bigint}
order by order_status_log.entry_id
