-- Grain: one customer with an order that counts. Days between orders are null for a single order.
create or replace view store.v_customer_purchase_frequency as
select
    customer_id,
    count(distinct order_id) as order_count,
    min(placed_at) as first_order_at,
    max(placed_at) as last_order_at,
    case when count(distinct order_id) > 1
        then extract(epoch from max(placed_at) - min(placed_at)) / 86400.0 / (count(distinct order_id) - 1)
    end as mean_days_between_orders
from store.v_sales_lines
group by customer_id;
