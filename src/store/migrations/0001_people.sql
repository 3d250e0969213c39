-- Shoppers, their addresses and sign-ins. A guest is a customer without a password; an e-mail belongs to one registered
-- customer, and to any number of guest orders until it is verified and they are claimed.
create table store.settings (
    is_only boolean primary key default true check (is_only),
    currency text not null check (currency ~ '^[A-Z]{3}$'),
    tax_rate numeric(6, 5) not null default 0 check (tax_rate >= 0 and tax_rate < 1),
    shipping_minor bigint not null default 0 check (shipping_minor >= 0),
    free_shipping_from_minor bigint check (free_shipping_from_minor >= 0),
    reservation_minutes integer not null default 15 check (reservation_minutes between 1 and 1440),
    payment_minutes integer not null default 30 check (payment_minutes between 1 and 10080),
    points_per_unit numeric(10, 4) not null default 1 check (points_per_unit >= 0)
);
comment on table store.settings is 'One row: the shop''s currency, tax, shipping, and how long reservations and unpaid orders live';

create table store.customers (
    customer_id bigint generated always as identity primary key,
    email text not null check (email = lower(email) and email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 254),
    name text not null default '' check (length(name) <= 200),
    password_hash text,
    verified_at timestamptz,
    country text not null default '' check (country = '' or country ~ '^[A-Z]{2}$'),
    gender text not null default '' check (gender in ('', 'female', 'male', 'other')),
    born_on date check (born_on > date '1900-01-01'),
    is_active boolean not null default true,
    loyalty_score numeric(6, 2) not null default 0 check (loyalty_score between 0 and 100),
    registered_at timestamptz not null default now(),
    last_active_at timestamptz not null default now(),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
comment on table store.customers is 'One shopper; registered when password_hash is set, else a guest who has bought';
create unique index customers_registered_email on store.customers (email) where password_hash is not null;
create index customers_email on store.customers (email);
create index customers_last_active on store.customers (last_active_at);
comment on index store.customers_registered_email is 'sign-in; one registered customer an e-mail';
comment on index store.customers_email is 'claiming guest orders by verified e-mail';
comment on index store.customers_last_active is 'inactive customers';

create table store.addresses (
    address_id bigint generated always as identity primary key,
    customer_id bigint not null references store.customers on delete cascade,
    recipient text not null check (length(recipient) between 1 and 200),
    street text not null check (length(street) between 1 and 300),
    city text not null check (length(city) between 1 and 120),
    region text not null default '' check (length(region) <= 120),
    postal_code text not null check (length(postal_code) between 1 and 20),
    country text not null check (country ~ '^[A-Z]{2}$'),
    is_default boolean not null default false,
    created_at timestamptz not null default now()
);
comment on table store.addresses is 'One address of a customer; at most one of them is the default';
create index addresses_customer on store.addresses (customer_id);
create unique index addresses_default on store.addresses (customer_id) where is_default;
comment on index store.addresses_customer is 'a customer''s addresses';
comment on index store.addresses_default is 'at most one default address a customer';

create table store.sign_ins (
    token_hash bytea primary key check (length(token_hash) = 32),
    customer_id bigint not null references store.customers on delete cascade,
    expires_at timestamptz not null,
    created_at timestamptz not null default now()
);
comment on table store.sign_ins is 'One signed-in browser; only the SHA-256 of its token is kept';
create index sign_ins_customer on store.sign_ins (customer_id);
comment on index store.sign_ins_customer is 'ending every sign-in of a customer';

create table store.mail_tokens (
    token_hash bytea primary key check (length(token_hash) = 32),
    customer_id bigint not null references store.customers on delete cascade,
    purpose text not null check (purpose in ('verify', 'reset')),
    expires_at timestamptz not null,
    used_at timestamptz,
    created_at timestamptz not null default now()
);
comment on table store.mail_tokens is 'A link in a mail that proves the address (verify) or sets a new password (reset), good once';
create index mail_tokens_customer on store.mail_tokens (customer_id);
comment on index store.mail_tokens_customer is 'foreign key';

create table store.mails (
    mail_id bigint generated always as identity primary key,
    recipient text not null,
    template text not null check (template in ('verify', 'reset', 'order_confirmation', 'order_shipped', 'refund', 'wishlist_added', 'price_drop', 'back_in_stock', 'abandoned_cart')),
    details jsonb not null default '{}',
    queued_at timestamptz not null default now(),
    sent_at timestamptz
);
comment on table store.mails is 'Mails to send; the server takes the oldest unsent';
create index mails_unsent on store.mails (mail_id) where sent_at is null;
comment on index store.mails_unsent is 'the next mails to send';
