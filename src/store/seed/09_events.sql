-- $1 seed, $2 events wanted, $3 newest instant, $4 customers, $5 articles. Visits in the order view, click, wishlist, cart; each
-- step loses most. What was bought is viewed, clicked, carted and purchased first, with the order's id.
insert into store.events (event_id, happened_at, event_type, visitor_id, session_id, customer_id, article_id, order_id, quantity, price_minor, channel, details)
select
    md5('order' || orders.order_id || steps.kind || order_items.article_id)::uuid,
    orders.placed_at - make_interval(secs => steps.seconds_before),
    steps.kind,
    'c' || orders.customer_id,
    'o' || orders.order_id,
    orders.customer_id,
    order_items.article_id,
    case when steps.kind = 'purchase' then orders.order_id end,
    order_items.quantity,
    order_items.unit_price_minor,
    orders.channel,
    case when steps.kind = 'click' then store.seed_shelf($1, order_items.order_item_id) else '{}' end
from store.orders
join store.order_items using (order_id)
cross join (values ('view', 600), ('click', 500), ('cart_add', 240), ('purchase', 0)) as steps (kind, seconds_before)
where orders.idempotency_key like 'seed-%'
on conflict do nothing;

insert into store.events (event_id, happened_at, event_type, visitor_id, session_id, customer_id, article_id, price_minor, channel, details)
select
    md5('visit' || visits.place || steps.kind)::uuid,
    visits.at + make_interval(secs => steps.seconds_after),
    steps.kind,
    'v' || visits.visitor,
    's' || visits.place,
    case when visits.visitor <= $4 * 0.6 then customers.customer_id end,
    articles.article_id,
    articles.price_minor,
    visits.channel,
    case when steps.kind = 'click' then store.seed_shelf($1, -visits.place) else '{}' end
from (
    select
        place,
        1 + floor($4 * store.seed_random($1, 'visitor', place) ^ 1.5)::bigint as visitor,
        $3::timestamptz - make_interval(secs => 31536000 * store.seed_random($1, 'visit', place)) as at,
        store.seed_random($1, 'depth', place) as depth,
        1 + floor($5 * store.seed_random($1, 'looked', place) ^ 2.5)::bigint as looked,
        (array['web', 'app', 'search', 'social'])[1 + floor(4 * store.seed_random($1, 'through', place))::integer] as channel
    from generate_series(1, greatest(0, floor(($2 - (select count(*) from store.events)) / 1.65)::bigint)) as place
) as visits
cross join (
    values ('view', 0, 1.0), ('click', 20, 0.45), ('wishlist_add', 60, 0.08), ('cart_add', 90, 0.12)
) as steps (kind, seconds_after, reach)
join (select article_id, price_minor, row_number() over (order by article_id) as place from store.articles) as articles on articles.place = visits.looked
left join store.customers on customers.email = 'shopper' || visits.visitor || '@example.com'
where visits.depth < steps.reach
on conflict do nothing;
