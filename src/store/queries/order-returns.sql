-- Returns of an order with units and refund.
select
    returns.return_id, returns.status, returns.reason, returns.requested_at, returns.decided_at,
    coalesce(sum(return_items.quantity), 0) as unit_count, coalesce(sum(return_items.refund_minor), 0)::bigint as refund_minor
from store.returns
left join store.return_items using (return_id)
where returns.order_id = {order_id:bigint}
group by returns.return_id
order by returns.return_id
