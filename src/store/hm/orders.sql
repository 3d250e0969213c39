-- $1 time zone of the shop. The files know no orders: what a customer bought on one day through one channel is one, at noon, delivered.
-- Rows of one article are one line whose price is the highest; what others cost less is its discount, so that nothing is rounded.
insert into store.orders (
    customer_id, idempotency_key, status, channel, subtotal_minor, discount_minor, placed_at, paid_at, shipped_at, delivered_at, updated_at
)
select
    customers.customer_id, bought.order_key, 'delivered', bought.channel, bought.subtotal_minor, bought.subtotal_minor - bought.paid_minor,
    bought.at, bought.at, bought.at + interval '1 day', bought.at + interval '4 days', bought.at
from (
    select
        lines.customer_id,
        lines.order_key,
        lines.channel,
        sum(lines.quantity * lines.unit_price_minor) as subtotal_minor,
        sum(lines.paid_minor) as paid_minor,
        (lines.bought_on + time '12:00') at time zone $1 as at
    from (
        select
            customer_id, bought_on, channel, article_id,
            'hm-' || bought_on || '-' || customer_id || '-' || channel as order_key,
            count(*) as quantity, max(price_minor) as unit_price_minor, sum(price_minor) as paid_minor
        from hm_transactions
        group by customer_id, bought_on, channel, article_id
    ) as lines
    group by lines.customer_id, lines.order_key, lines.channel, lines.bought_on
) as bought
join store.customers on customers.email = lower(bought.customer_id) || '@hm.invalid'
order by bought.at, bought.order_key;

insert into store.order_items (order_id, article_id, quantity, unit_price_minor, discount_minor)
select
    orders.order_id, articles.article_id, count(*), max(bought.price_minor),
    count(*) * max(bought.price_minor) - sum(bought.price_minor)
from hm_transactions as bought
join store.orders on orders.idempotency_key = 'hm-' || bought.bought_on || '-' || bought.customer_id || '-' || bought.channel
join store.articles on articles.sku = bought.article_id
group by orders.order_id, articles.article_id;

insert into store.payments (order_id, kind, status, amount_minor, method, requested_at, settled_at)
select orders.order_id, 'charge', 'succeeded', orders.total_minor, 'card', orders.placed_at, orders.paid_at
from store.orders;

insert into store.order_status_log (order_id, changed_at, from_status, to_status)
select orders.order_id, steps.at, steps.before, steps.after
from store.orders
cross join lateral (
    values
        (orders.placed_at, null, 'created'), (orders.paid_at, 'created', 'paid'), (orders.shipped_at, 'paid', 'shipped'),
        (orders.delivered_at, 'shipped', 'delivered')
) as steps (at, before, after);
