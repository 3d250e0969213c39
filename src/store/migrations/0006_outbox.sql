-- Changes on their way to the warehouse, written in the transaction that made them. A row says which thing changed; the
-- courier reads the thing as it is, so several changes before a delivery are one.
create table store.outbox (
    outbox_id bigint generated always as identity primary key,
    topic text not null check (topic in ('order', 'return', 'customer', 'article', 'category', 'stock', 'review', 'event')),
    subject_id text not null,
    changed_at timestamptz not null default clock_timestamp(),
    delivery_id bigint
);
comment on table store.outbox is 'A thing that changed since it was last delivered; removed when its delivery is confirmed';
create unique index outbox_waiting on store.outbox (topic, subject_id) where delivery_id is null;
create index outbox_delivery on store.outbox (delivery_id, outbox_id) where delivery_id is not null;
comment on index store.outbox_waiting is 'one waiting row a thing, however often it changes';
comment on index store.outbox_delivery is 'rows of the delivery under way';

create table store.deliveries (
    delivery_id bigint generated always as identity primary key,
    row_count integer not null check (row_count >= 0),
    started_at timestamptz not null default now(),
    confirmed_at timestamptz
);
comment on table store.deliveries is 'One delivery to the warehouse; at most one is under way';
create unique index deliveries_under_way on store.deliveries ((true)) where confirmed_at is null;
comment on index store.deliveries_under_way is 'at most one delivery at a time';
