-- Grain: one day of rfm_dates and customer with an order in [{period_start:Date}, {period_end:Date}) and before that day. Amounts
-- are of lines dated in the same days. The unknown customer (key 0) is no one.
select
    buyers.buyer_as_of_on as as_of_on,
    buyers.buyer_key as customer_key,
    buyers.last_order_on as last_order_on,
    dateDiff('day', buyers.last_order_on, buyers.buyer_as_of_on) as recency_days,
    buyers.frequency as frequency,
    amounts.monetary_minor as monetary_minor
from (
    select
        dates.as_of_on as buyer_as_of_on,
        orders.customer_key as buyer_key,
        max(orders.ordered_on) as last_order_on,
        count() as frequency
    from scoped_orders as orders
    cross join rfm_dates as dates
    where orders.customer_key != 0 and orders.ordered_on < dates.as_of_on
    group by buyer_as_of_on, buyer_key
) as buyers
left any join (
    select
        dates.as_of_on as paid_as_of_on,
        lines.customer_key as paying_key,
        sum(lines.revenue_minor) as monetary_minor
    from scoped_lines as lines
    cross join rfm_dates as dates
    where lines.customer_key != 0 and lines.line_on < dates.as_of_on
    group by paid_as_of_on, paying_key
) as amounts on buyers.buyer_key = amounts.paying_key and buyers.buyer_as_of_on = amounts.paid_as_of_on
