-- One charge or refund that waits for the provider's word; no row when it has been settled.
select payments.payment_id, payments.order_id, payments.kind, payments.amount_minor, payments.method
from store.payments
where payments.payment_id = {payment_id:bigint} and payments.status = 'pending'
