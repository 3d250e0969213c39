-- Grain: one payment of an order that succeeded; refunds are negative. Numbered in the order they were asked for.
create or replace view store.v_out_payments as
select
    payments.order_id::text as subject_id,
    'S-' || payments.order_id as order_id,
    row_number() over (partition by payments.order_id order by payments.payment_id) as payment_number,
    payments.method,
    case payments.kind when 'refund' then -payments.amount_minor else payments.amount_minor end as amount_minor,
    store.utc_text(payments.settled_at) as paid_at
from store.payments
join store.orders using (order_id)
where payments.status = 'succeeded' and orders.paid_at is not null;
