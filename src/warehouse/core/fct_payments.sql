-- Grain: one payment of an order. Payments whose order is unknown are kept, with has_order false.
create table if not exists fct_payments (
    order_key UInt64 comment 'Order',
    order_id String comment 'Natural id of the order',
    payment_number UInt32 comment 'Position of the payment in its order from 1',
    method LowCardinality(String) comment 'Method as published',
    instalment_count UInt32 comment 'Instalments; 1 when not given',
    amount_minor Int64 comment 'Amount, minor units',
    has_order Bool comment 'Whether fct_orders holds the order'
)
engine = MergeTree
order by (order_key, payment_number)
