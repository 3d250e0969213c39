-- Returns to decide, the oldest first, with units and what would be refunded.
select
    returns.return_id, returns.order_id, returns.reason, returns.requested_at,
    sum(return_items.quantity) as unit_count, sum(return_items.refund_minor)::bigint as refund_minor
from store.returns
join store.return_items using (return_id)
where returns.status = 'requested'
group by returns.return_id
order by returns.requested_at, returns.return_id
limit {most:integer}
