-- What shoppers say and do: reviews and events. Events are kept by month.
create table store.reviews (
    review_id bigint generated always as identity primary key,
    article_id bigint not null references store.articles on delete cascade,
    customer_id bigint not null references store.customers on delete cascade,
    rating smallint not null check (rating between 1 and 5),
    suggested_rating smallint not null check (suggested_rating between 1 and 5),
    title text not null default '' check (length(title) <= 200),
    body text not null check (length(body) between 1 and 5000),
    sentiment numeric(4, 3) not null check (sentiment between -1 and 1),
    is_trained_sentiment boolean not null default false,
    is_verified boolean not null default false,
    status text not null default 'pending' check (status in ('pending', 'approved', 'rejected')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    unique (article_id, customer_id)
);
comment on table store.reviews is 'One customer''s review of an article; verified when they have bought it; shown once approved';
create index reviews_customer on store.reviews (customer_id);
create index reviews_to_moderate on store.reviews (created_at) where status = 'pending';
comment on index store.reviews_customer is 'a customer''s reviews';
comment on index store.reviews_to_moderate is 'the moderation queue';

create table store.sentiment_words (
    word text primary key check (word = lower(word)),
    weight numeric(3, 1) not null check (weight between -4 and 4)
);
comment on table store.sentiment_words is 'Words of praise and complaint with their weight; what analyze_sentiment counts';

create table store.events (
    event_id uuid not null default gen_random_uuid(),
    happened_at timestamptz not null default clock_timestamp(),
    event_type text not null check (event_type in ('view', 'click', 'search', 'cart_add', 'cart_remove', 'wishlist_add', 'wishlist_remove', 'checkout_start', 'purchase', 'refund', 'review')),
    visitor_id text not null check (length(visitor_id) between 1 and 100),
    session_id text not null check (length(session_id) between 1 and 100),
    customer_id bigint,
    article_id bigint,
    order_id bigint,
    quantity integer not null default 1 check (quantity > 0),
    price_minor bigint check (price_minor >= 0),
    channel text not null default '' check (length(channel) <= 60),
    details jsonb not null default '{}',
    primary key (happened_at, event_id)
) partition by range (happened_at);
comment on table store.events is 'One interaction of a visitor; no foreign keys, so that erasing a person does not touch a month of history. One partition a month';
create table store.events_default partition of store.events default;
create index events_visitor on store.events (visitor_id, happened_at);
create index events_customer on store.events (customer_id, happened_at) where customer_id is not null;
comment on index store.events_visitor is 'grouping a visitor''s events into sessions';
comment on index store.events_customer is 'a customer''s timeline';
