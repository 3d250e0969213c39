-- Who has seen which variant of an experiment on the storefront, on its way to the lab like every other fact.
create table store.exposures (
    exposure_id bigint generated always as identity primary key,
    experiment_id text not null check (length(experiment_id) between 1 and 63),
    customer_id bigint not null references store.customers on delete cascade,
    variant text not null check (length(variant) between 1 and 100),
    exposed_at timestamptz not null default clock_timestamp(),
    unique (experiment_id, customer_id, variant)
);
comment on table store.exposures is 'The first time a signed-in customer saw a variant of an experiment';
create index exposures_customer on store.exposures (customer_id);
comment on index store.exposures_customer is 'foreign key';

alter table store.outbox drop constraint outbox_topic_check;
alter table store.outbox add constraint outbox_topic_check
    check (topic in ('order', 'return', 'customer', 'article', 'category', 'stock', 'movement', 'review', 'event', 'exposure'));
