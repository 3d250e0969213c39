-- Grain: one line of a paid order, or one line of an accepted return (negative, dated on the decision). A line never changes
-- once its order is paid, so the warehouse counts it once, however often it is sent. A return's discount is what makes the
-- line worth its refund.
create or replace view store.v_out_lines as
select
    'order' as topic,
    orders.order_id::text as subject_id,
    'S-' || orders.order_id as order_id,
    order_items.order_item_id::text as line_id,
    store.utc_text(orders.placed_at) as line_at,
    'S-' || orders.customer_id as customer_id,
    articles.sku as product_id,
    order_items.quantity,
    order_items.unit_price_minor,
    order_items.discount_minor,
    order_items.unit_cost_minor
from store.order_items
join store.orders using (order_id)
join store.articles using (article_id)
where orders.paid_at is not null
union all
select
    'return',
    returns.return_id::text,
    'S-' || orders.order_id,
    'R' || returns.return_id || '-' || order_items.order_item_id,
    store.utc_text(returns.decided_at),
    'S-' || orders.customer_id,
    articles.sku,
    -return_items.quantity,
    order_items.unit_price_minor,
    return_items.quantity * order_items.unit_price_minor - return_items.refund_minor,
    order_items.unit_cost_minor
from store.return_items
join store.returns using (return_id)
join store.orders using (order_id)
join store.order_items using (order_item_id)
join store.articles using (article_id)
where returns.status = 'accepted';
