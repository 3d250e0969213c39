-- $1 seed, $2 oldest instant. The ledger: what the shop began with, every sale, cancellation and return; the stock is its sum.
-- What it began with covers all that was sold and leaves between none and eighty units.
insert into store.stock_movements (article_id, quantity, kind, order_id, moved_at)
select order_items.article_id, -order_items.quantity, 'sale', orders.order_id, orders.placed_at
from store.order_items
join store.orders using (order_id)
where orders.idempotency_key like 'seed-%' and not exists (select from store.stock_movements where stock_movements.order_id = orders.order_id);

insert into store.stock_movements (article_id, quantity, kind, order_id, moved_at)
select order_items.article_id, order_items.quantity, 'cancellation', orders.order_id, orders.cancelled_at
from store.order_items
join store.orders using (order_id)
where
    orders.idempotency_key like 'seed-%' and orders.status = 'cancelled'
    and not exists (select from store.stock_movements where stock_movements.order_id = orders.order_id and kind = 'cancellation');

insert into store.stock_movements (article_id, quantity, kind, order_id, moved_at)
select order_items.article_id, return_items.quantity, 'return', returns.order_id, returns.decided_at
from store.return_items
join store.returns using (return_id)
join store.order_items using (order_item_id)
join store.orders on orders.order_id = returns.order_id
where
    orders.idempotency_key like 'seed-%'
    and not exists (select from store.stock_movements where stock_movements.order_id = returns.order_id and kind = 'return');

insert into store.stock_movements (article_id, quantity, kind, moved_at)
select articles.article_id, -coalesce(sums.quantity, 0) + 1 + floor(80 * store.seed_random($1, 'left', articles.article_id))::integer, 'initial', $2::timestamptz
from store.articles
left join (select article_id, sum(quantity) as quantity from store.stock_movements group by article_id) as sums using (article_id)
where not exists (select from store.stock_movements where stock_movements.article_id = articles.article_id and kind = 'initial');

update store.articles set stock_quantity = sums.quantity
from (select article_id, sum(quantity) as quantity from store.stock_movements group by article_id) as sums
where sums.article_id = articles.article_id and articles.stock_quantity <> sums.quantity;

insert into store.price_history (article_id, valid_from, price_minor, reason)
select article_id, created_at, price_minor, 'first price' from store.articles
on conflict do nothing;
