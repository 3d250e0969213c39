-- Grain: one line of an order that counts (paid, shipped, delivered or returned): units and money after discount, before
-- tax and shipping, and what came back of it. The basis of the other views.
create or replace view store.v_sales_lines as
select
    orders.order_id,
    orders.customer_id,
    orders.status,
    orders.placed_at,
    order_items.order_item_id,
    order_items.article_id,
    order_items.quantity,
    order_items.returned_quantity,
    order_items.quantity * order_items.unit_price_minor - order_items.discount_minor as gross_minor,
    coalesce(refunded.refund_minor, 0)::bigint as refund_minor,
    order_items.quantity * order_items.unit_price_minor - order_items.discount_minor - coalesce(refunded.refund_minor, 0)::bigint as net_minor,
    order_items.quantity * order_items.unit_cost_minor as cost_minor
from store.order_items
join store.orders using (order_id)
left join (
    select return_items.order_item_id, sum(return_items.refund_minor) as refund_minor
    from store.return_items
    join store.returns using (return_id)
    where returns.status = 'accepted'
    group by return_items.order_item_id
) as refunded using (order_item_id)
where orders.status in ('paid', 'shipped', 'delivered', 'returned');
