-- Grain: one order line that counts: cancelled orders are left out, returns and adjustments are negative. Dated on the day of
-- sale or return; join dim_time on time_key, dim_users on user_key and dim_products on product_key.
create or replace view fact_sales as
select
    order_key,
    line_id,
    toYYYYMMDD(line_on) as time_key,
    customer_key as user_key,
    product_key,
    channel,
    country,
    quantity,
    unit_price_minor,
    discount_minor,
    revenue_minor as net_revenue_minor,
    unit_cost_minor * quantity as cost_minor,
    margin_minor,
    is_return
from fct_order_lines
where not is_cancelled
