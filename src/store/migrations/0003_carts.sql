-- What shoppers mean to buy. A cart belongs to a customer, or to whoever holds its token.
create table store.carts (
    cart_id bigint generated always as identity primary key,
    customer_id bigint references store.customers on delete cascade,
    token_hash bytea unique check (length(token_hash) = 32),
    status text not null default 'open' check (status in ('open', 'ordered', 'merged')),
    abandoned_at timestamptz,
    last_active_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (customer_id is not null or token_hash is not null)
);
comment on table store.carts is 'One cart; open until it is ordered, or merged into the cart of a customer who signs in';
create unique index carts_open_of_customer on store.carts (customer_id) where status = 'open' and customer_id is not null;
create index carts_customer on store.carts (customer_id);
create index carts_idle on store.carts (last_active_at) where status = 'open';
comment on index store.carts_open_of_customer is 'a customer has one open cart';
comment on index store.carts_customer is 'foreign key';
comment on index store.carts_idle is 'abandoned carts';

create table store.cart_items (
    cart_id bigint not null references store.carts on delete cascade,
    article_id bigint not null references store.articles on delete cascade,
    quantity integer not null check (quantity between 1 and 1000),
    added_at timestamptz not null default now(),
    primary key (cart_id, article_id)
);
comment on table store.cart_items is 'One article in a cart, once';
create index cart_items_article on store.cart_items (article_id);
comment on index store.cart_items_article is 'foreign key';

create table store.reservations (
    cart_id bigint not null references store.carts on delete cascade,
    article_id bigint not null references store.articles on delete cascade,
    quantity integer not null check (quantity > 0),
    expires_at timestamptz not null,
    primary key (cart_id, article_id)
);
comment on table store.reservations is 'Units kept for a cart until expires_at; a bundle keeps its components. Others can buy stock minus live reservations';
create index reservations_article on store.reservations (article_id, expires_at);
comment on index store.reservations_article is 'units of an article that are kept for others';

create table store.wishlist_items (
    customer_id bigint not null references store.customers on delete cascade,
    article_id bigint not null references store.articles on delete cascade,
    added_at timestamptz not null default now(),
    primary key (customer_id, article_id)
);
comment on table store.wishlist_items is 'One article on a customer''s wishlist, once';
create index wishlist_items_article on store.wishlist_items (article_id);
comment on index store.wishlist_items_article is 'who waits for an article';

create table store.coupons (
    code text primary key check (code ~ '^[A-Z0-9-]{3,40}$'),
    kind text not null check (kind in ('percent', 'amount', 'shipping')),
    value bigint not null check (value >= 0 and (kind <> 'percent' or value <= 100)),
    least_subtotal_minor bigint not null default 0 check (least_subtotal_minor >= 0),
    starts_at timestamptz not null default now(),
    ends_at timestamptz check (ends_at > starts_at),
    most_uses integer check (most_uses > 0),
    use_count integer not null default 0 check (use_count >= 0 and (most_uses is null or use_count <= most_uses)),
    is_active boolean not null default true
);
comment on table store.coupons is 'percent: value is per cent off; amount: value is minor units off; shipping: no shipping cost';
