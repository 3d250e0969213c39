-- A customer's orders, newest first.
select
    orders.order_id, orders.status, orders.total_minor, orders.placed_at, orders.tracking_code,
    (select sum(order_items.quantity) from store.order_items where order_items.order_id = orders.order_id) as unit_count
from store.orders
where orders.customer_id = {customer_id:bigint} and ({after_id:bigint} is null or orders.order_id < {after_id:bigint})
order by orders.order_id desc
limit {most:integer}
