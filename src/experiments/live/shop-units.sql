-- One row per customer with an order in the {window_days:UInt16} days before {as_of:Date} or in as many days before those (days of the
-- shop's zone): what they ordered in the later window, and what they spent in the earlier one. By customer.
select
    orders.customer_key as customer_key,
    toFloat64(countIf(orders.ordered_on >= {as_of:Date} - {window_days:UInt16})) as order_count,
    toFloat64(sumIf(orders.net_minor, orders.ordered_on >= {as_of:Date} - {window_days:UInt16})) as net_minor,
    toFloat64(sumIf(orders.net_minor, orders.ordered_on < {as_of:Date} - {window_days:UInt16})) as before_minor
from fct_orders as orders
where orders.customer_key != 0
    and orders.has_positive_line
    and not orders.is_cancelled
    and orders.ordered_on >= {as_of:Date} - 2 * {window_days:UInt16}
    and orders.ordered_on < {as_of:Date}
group by customer_key
order by customer_key
