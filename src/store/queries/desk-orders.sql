-- The desk's list of orders, newest first, of one status (null: any). Ids follow the order of placing.
select
    orders.order_id, orders.status, customers.customer_id, customers.email, orders.recipient, orders.country, orders.total_minor, orders.placed_at,
    (select sum(order_items.quantity) from store.order_items where order_items.order_id = orders.order_id) as unit_count
from store.orders
join store.customers using (customer_id)
where
    ({status:text} is null or orders.status = {status:text})
    and ({after_id:bigint} is null or (orders.placed_at, orders.order_id) < (select given.placed_at, given.order_id from store.orders as given where given.order_id = {after_id:bigint}))
order by orders.placed_at desc, orders.order_id desc
limit {most:integer}
