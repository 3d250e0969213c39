-- Each movement of stock goes to the warehouse, those of before as well.
alter table store.outbox drop constraint outbox_topic_check;
alter table store.outbox add constraint outbox_topic_check
    check (topic in ('order', 'return', 'customer', 'article', 'category', 'stock', 'movement', 'review', 'event'));
insert into store.outbox (topic, subject_id) select 'movement', movement_id::text from store.stock_movements;
