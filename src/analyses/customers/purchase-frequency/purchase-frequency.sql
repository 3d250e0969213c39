-- One row per number of orders that a customer has in [{period_start:Date}, {period_end:Date}), shop time zone.
select
    buyers.order_count as order_count,
    count() as customer_count,
    customer_count / sum(customer_count) over () as customer_share_rate
from scoped_buyers as buyers
group by order_count
order by order_count
