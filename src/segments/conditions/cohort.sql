-- Grain: one customer whose first order fell in one of the months named by their first days, shop time zone; only what was ordered
-- before {period_end:Date} is known.
select orders.customer_key as customer_key
from scoped_orders as orders
where orders.customer_key != 0
group by orders.customer_key
having has({month:Array(Date)}, toStartOfMonth(min(orders.ordered_on)))
