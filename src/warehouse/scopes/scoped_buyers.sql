-- Grain: one customer with an order in [{period_start:Date}, {period_end:Date}): orders placed and net revenue of lines dated in
-- the period. The unknown customer (key 0) is no one.
select
    buyers.buyer_key as customer_key,
    buyers.first_order_on as first_order_on,
    buyers.last_order_on as last_order_on,
    buyers.order_count as order_count,
    amounts.net_revenue_minor as net_revenue_minor
from (
    select
        orders.customer_key as buyer_key,
        min(orders.ordered_on) as first_order_on,
        max(orders.ordered_on) as last_order_on,
        count() as order_count
    from scoped_orders as orders
    where orders.customer_key != 0
    group by buyer_key
) as buyers
left any join (
    select
        lines.customer_key as paying_key,
        sum(lines.revenue_minor) as net_revenue_minor
    from scoped_lines as lines
    where lines.customer_key != 0
    group by paying_key
) as amounts on buyers.buyer_key = amounts.paying_key
