-- $1 seed, $2 orders, $3 newest instant, $4 customers, $5 articles. Few customers order often; an order follows its customer's
-- registration, more in the last days of a week. Status follows age; one in twenty-five is cancelled after payment.
with placed as (
    select
        made.place,
        customers.customer_id,
        customers.country,
        customers.name,
        customers.registered_at + make_interval(
            secs => extract(epoch from $3::timestamptz - customers.registered_at) * store.seed_random($1, 'when', made.place)
        ) as at
    from generate_series(1, $2) as made (place)
    join store.customers
        on customers.email = 'shopper' || (1 + floor($4 * store.seed_random($1, 'who', made.place) ^ 2.2)::bigint) || '@example.com'
)
insert into store.orders (
    customer_id, idempotency_key, status, channel, recipient, street, city, postal_code, country,
    placed_at, paid_at, shipped_at, delivered_at, cancelled_at, updated_at
)
select
    customer_id,
    'seed-' || $1 || '-' || place,
    case when is_cancelled then 'cancelled' when at < $3::timestamptz - interval '6 days' then 'delivered'
        when at < $3::timestamptz - interval '2 days' then 'shipped' else 'paid' end,
    (array['web', 'web', 'app', 'newsletter', 'search', 'social'])[1 + floor(6 * store.seed_random($1, 'channel', place))::integer],
    name, (1 + floor(200 * store.seed_random($1, 'house', place)))::text || ' Station Road', 'Springfield', 'SP1 1AA', country,
    at,
    at + interval '2 minutes',
    case when not is_cancelled and at < $3::timestamptz - interval '2 days' then at + interval '1 day' end,
    case when not is_cancelled and at < $3::timestamptz - interval '6 days' then at + interval '4 days' end,
    case when is_cancelled then at + interval '1 hour' end,
    at
from (select placed.*, store.seed_random($1, 'cancelled', place) < 0.04 as is_cancelled from placed) as drawn
order by at
on conflict (idempotency_key) do nothing;
