-- Grain: one customer with an order in [{period_start:Date}, {period_end:Date}) and before {as_of:Date}. Amounts are of lines
-- dated in the same days. The unknown customer (key 0) is no one.
select
    buyers.buyer_key as customer_key,
    buyers.last_order_on as last_order_on,
    dateDiff('day', buyers.last_order_on, {as_of:Date}) as recency_days,
    buyers.frequency as frequency,
    amounts.monetary_minor as monetary_minor
from (
    select
        orders.customer_key as buyer_key,
        max(orders.ordered_on) as last_order_on,
        count() as frequency
    from scoped_orders as orders
    where orders.customer_key != 0 and orders.ordered_on < {as_of:Date}
    group by buyer_key
) as buyers
left any join (
    select
        lines.customer_key as paying_key,
        sum(lines.revenue_minor) as monetary_minor
    from scoped_lines as lines
    where lines.customer_key != 0 and lines.line_on < {as_of:Date}
    group by paying_key
) as amounts on buyers.buyer_key = amounts.paying_key
