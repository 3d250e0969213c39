-- One row per customer with an order in [{period_start:Date}, {period_end:Date}), shop time zone: the {limit:UInt32} of largest net
-- revenue, ties by customer id. purchases_per_year is null for customers whose orders are all of one day.
select
    people.customer_id as customer_id,
    nullIf(people.name, '') as customer_name,
    buyers.order_count as order_count,
    buyers.net_revenue_minor as net_revenue_minor,
    dateDiff('day', buyers.first_order_on, buyers.last_order_on) / 365.25 as lifespan_years,
    net_revenue_minor / order_count as average_purchase_value_minor,
    order_count / nullIf(lifespan_years, 0) as purchases_per_year
from scoped_buyers as buyers
left any join dim_customer as people on buyers.customer_key = people.customer_key
order by net_revenue_minor desc, customer_id
limit {limit:UInt32}
