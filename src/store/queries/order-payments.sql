-- Charges and refunds of an order, in the order they were asked for.
select payments.payment_id, payments.kind, payments.status, payments.amount_minor, payments.method, payments.requested_at, payments.settled_at
from store.payments
where payments.order_id = {order_id:bigint}
order by payments.payment_id
