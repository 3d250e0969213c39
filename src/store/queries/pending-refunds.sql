-- Refunds that wait for the provider, the oldest first.
select payments.payment_id, payments.order_id, payments.kind, payments.amount_minor, payments.method
from store.payments
where payments.status = 'pending' and payments.kind = 'refund'
order by payments.requested_at, payments.payment_id
limit {most:integer}
