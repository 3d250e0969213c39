-- Registered customers who have done nothing for some days, the longest silent first.
select
    customers.customer_id, customers.email, customers.name, customers.last_active_at, customers.loyalty_score,
    (select count(*) from store.orders where orders.customer_id = customers.customer_id and orders.paid_at is not null) as order_count
from store.customers
where customers.password_hash is not null and customers.last_active_at < now() - make_interval(days => {days:integer})
order by customers.last_active_at, customers.customer_id
limit {most:integer}
