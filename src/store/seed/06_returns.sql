-- $1 seed, $2 newest instant. One delivered line in sixteen comes back, wholly, ten days later.
with returned as (
    select order_items.order_item_id, order_items.order_id, order_items.quantity, orders.delivered_at,
        order_items.quantity * order_items.unit_price_minor - order_items.discount_minor as worth_minor
    from store.order_items
    join store.orders using (order_id)
    where
        orders.status = 'delivered' and orders.idempotency_key like 'seed-%' and order_items.returned_quantity = 0
        and orders.delivered_at + interval '10 days' <= $2::timestamptz
        and store.seed_random($1, 'return', order_items.order_item_id) < 0.0625
),
opened as (
    insert into store.returns (order_id, status, reason, requested_at, decided_at)
    select order_id, 'accepted', 'did not fit', min(delivered_at) + interval '8 days', min(delivered_at) + interval '10 days'
    from returned
    group by order_id
    returning return_id, order_id, decided_at
),
lines as (
    insert into store.return_items (return_id, order_item_id, quantity, refund_minor)
    select opened.return_id, returned.order_item_id, returned.quantity, returned.worth_minor
    from opened
    join returned using (order_id)
    returning return_id, order_item_id, quantity, refund_minor
),
marked as (
    update store.order_items set returned_quantity = lines.quantity
    from lines
    where lines.order_item_id = order_items.order_item_id
)
insert into store.payments (order_id, kind, status, amount_minor, method, return_id, requested_at, settled_at)
select opened.order_id, 'refund', 'succeeded', sum(lines.refund_minor), 'card', opened.return_id, min(opened.decided_at), min(opened.decided_at)
from lines
join opened using (return_id)
group by opened.order_id, opened.return_id;

update store.orders set status = 'returned'
where
    status = 'delivered' and idempotency_key like 'seed-%'
    and not exists (select from store.order_items where order_items.order_id = orders.order_id and returned_quantity < quantity);
