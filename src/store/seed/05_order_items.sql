-- $1 seed, $2 articles. One to four articles an order, popular ones far more often; a beanie tends to bring a scarf.
insert into store.order_items (order_id, article_id, quantity, unit_price_minor, unit_cost_minor)
select
    orders.order_id,
    articles.article_id,
    max(case when store.seed_random($1, 'units', orders.order_id * 10 + line) < 0.88 then 1 else 2 end),
    articles.price_minor,
    articles.cost_minor
from store.orders
cross join lateral generate_series(1, 1 + floor(4 * store.seed_random($1, 'lines', orders.order_id) ^ 1.6)::integer) as line
join (
    select article_id, price_minor, cost_minor, row_number() over (order by article_id) as place from store.articles
) as articles on articles.place = 1 + floor($2 * store.seed_random($1, 'what', orders.order_id * 10 + line) ^ 2.5)::bigint
where orders.idempotency_key like 'seed-%' and orders.subtotal_minor = 0
group by orders.order_id, articles.article_id, articles.price_minor, articles.cost_minor
on conflict (order_id, article_id) do nothing;

update store.orders
set subtotal_minor = sums.subtotal
from (select order_id, sum(quantity * unit_price_minor) as subtotal from store.order_items group by order_id) as sums
where sums.order_id = orders.order_id and orders.subtotal_minor = 0;

insert into store.payments (order_id, kind, status, amount_minor, method, requested_at, settled_at)
select orders.order_id, 'charge', 'succeeded', orders.total_minor, 'card', orders.placed_at, orders.paid_at
from store.orders
where not exists (select from store.payments where payments.order_id = orders.order_id);

insert into store.payments (order_id, kind, status, amount_minor, method, requested_at, settled_at)
select orders.order_id, 'refund', 'succeeded', orders.total_minor, 'card', orders.cancelled_at, orders.cancelled_at
from store.orders
where
    orders.status = 'cancelled' and orders.idempotency_key like 'seed-%'
    and not exists (select from store.payments where payments.order_id = orders.order_id and payments.kind = 'refund');

insert into store.order_status_log (order_id, changed_at, from_status, to_status)
select orders.order_id, steps.at, steps.before, steps.after
from store.orders
cross join lateral (
    values
        (orders.placed_at, null, 'created'), (orders.paid_at, 'created', 'paid'), (orders.shipped_at, 'paid', 'shipped'),
        (orders.delivered_at, 'shipped', 'delivered'), (orders.cancelled_at, 'paid', 'cancelled')
) as steps (at, before, after)
where steps.at is not null and orders.idempotency_key like 'seed-%'
order by orders.order_id, steps.at;
