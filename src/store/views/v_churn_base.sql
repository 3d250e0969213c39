-- Grain: one customer with an order that counts: the figures a churn model starts from.
create or replace view store.v_churn_base as
select
    customers.customer_id,
    extract(epoch from clock_timestamp() - max(lines.placed_at)) / 86400.0 as recency_days,
    count(distinct lines.order_id) as order_count,
    sum(lines.net_minor)::bigint as net_revenue_minor,
    extract(epoch from clock_timestamp() - customers.registered_at) / 86400.0 as tenure_days,
    sum(lines.returned_quantity)::numeric / sum(lines.quantity) as return_rate,
    customers.loyalty_score,
    customers.is_active
from store.customers
join store.v_sales_lines as lines using (customer_id)
group by customers.customer_id;
