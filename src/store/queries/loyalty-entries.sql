-- A customer's points, newest first.
select loyalty_entries.entry_id, loyalty_entries.order_id, loyalty_entries.points, loyalty_entries.reason, loyalty_entries.earned_at
from store.loyalty_entries
where loyalty_entries.customer_id = {customer_id:bigint} and ({after_id:bigint} is null or loyalty_entries.entry_id < {after_id:bigint})
order by loyalty_entries.entry_id desc
limit {most:integer}
