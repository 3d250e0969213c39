-- Payments of live batches; of several records for one payment of an order the newest counts. Orders are in
-- {orders:Identifier}.
insert into next_fct_payments
select
    order_key,
    argMax(order_id, (batch_key, source_row)) as order_id,
    payment_number,
    argMax(method, (batch_key, source_row)) as method,
    argMax(instalment_count, (batch_key, source_row)) as instalment_count,
    argMax(amount_minor, (batch_key, source_row)) as amount_minor,
    order_key in (select order_key from {orders:Identifier}) as has_order
from stg_payments
where batch_key in live_batches
group by order_key, payment_number
