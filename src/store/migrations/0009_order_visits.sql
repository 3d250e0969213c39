-- In which visit an order was placed, so that its purchase is logged when it is paid, however late the provider says so.
create table store.order_visits (
    order_id bigint primary key references store.orders on delete cascade,
    visitor_id text not null check (length(visitor_id) between 1 and 100),
    session_id text not null check (length(session_id) between 1 and 100)
);
comment on table store.order_visits is 'The visit of an order whose shopper agreed to be counted; none for the others';
