-- A customer's returns, the newest first, with units and what they refund.
select
    returns.return_id, returns.order_id, returns.status, returns.reason, returns.requested_at,
    sum(return_items.quantity) as unit_count, sum(return_items.refund_minor)::bigint as refund_minor
from store.returns
join store.orders using (order_id)
join store.return_items using (return_id)
where orders.customer_id = {customer_id:bigint}
group by returns.return_id
order by returns.requested_at desc, returns.return_id desc
limit {most:integer}
