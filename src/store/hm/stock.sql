-- $1 oldest day. The files know no stock: each article began with what was sold of it and twenty more.
insert into store.stock_movements (article_id, quantity, kind, moved_at)
select articles.article_id, coalesce(sold.quantity, 0) + 20, 'initial', $1::date::timestamptz
from store.articles
left join (select article_id, sum(quantity) as quantity from store.order_items group by article_id) as sold using (article_id)
where articles.is_active;

insert into store.stock_movements (article_id, quantity, kind, order_id, moved_at)
select order_items.article_id, -order_items.quantity, 'sale', orders.order_id, orders.placed_at
from store.order_items
join store.orders using (order_id);

update store.articles set stock_quantity = 20 where is_active;

insert into store.price_history (article_id, valid_from, price_minor, reason)
select article_id, created_at, price_minor, 'last price sold' from store.articles
on conflict do nothing;
