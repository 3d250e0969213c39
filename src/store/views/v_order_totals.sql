-- Grain: one order that counts, with what the warehouse should say of it.
create or replace view store.v_order_totals as
select
    'S-' || order_id as order_id,
    store.utc_text(min(placed_at)) as placed_at,
    sum(gross_minor)::bigint as gross_minor,
    sum(refund_minor)::bigint as refunds_minor,
    sum(quantity - returned_quantity)::bigint as unit_count
from store.v_sales_lines
group by order_id;
