-- Orders, what was paid and what came back. Amounts are minor units of the shop's currency.
create table store.orders (
    order_id bigint generated always as identity primary key,
    customer_id bigint not null references store.customers on delete restrict,
    cart_id bigint unique references store.carts on delete restrict,
    idempotency_key text not null unique check (length(idempotency_key) between 8 and 200),
    status text not null default 'created' check (status in ('created', 'paid', 'shipped', 'delivered', 'cancelled', 'returned')),
    channel text not null default 'store' check (length(channel) <= 60),
    coupon_code text references store.coupons on delete restrict,
    subtotal_minor bigint not null default 0 check (subtotal_minor >= 0),
    discount_minor bigint not null default 0 check (discount_minor >= 0 and discount_minor <= subtotal_minor),
    shipping_minor bigint not null default 0 check (shipping_minor >= 0),
    tax_minor bigint not null default 0 check (tax_minor >= 0),
    total_minor bigint not null generated always as (subtotal_minor - discount_minor + shipping_minor + tax_minor) stored,
    recipient text not null default '',
    street text not null default '',
    city text not null default '',
    region text not null default '',
    postal_code text not null default '',
    country text not null default '',
    tracking_code text not null default '',
    placed_at timestamptz not null default now(),
    paid_at timestamptz,
    shipped_at timestamptz,
    delivered_at timestamptz,
    cancelled_at timestamptz,
    updated_at timestamptz not null default now()
);
comment on table store.orders is 'One order. The address is the one it was sent to then, so it is the order''s own fact, not a reference';
create index orders_customer on store.orders (customer_id, placed_at desc);
create index orders_unpaid on store.orders (placed_at) where status = 'created';
create index orders_placed on store.orders (placed_at desc, order_id desc);
create index orders_coupon on store.orders (coupon_code) where coupon_code is not null;
comment on index store.orders_customer is 'a customer''s orders, newest first';
comment on index store.orders_unpaid is 'orders whose time to pay has passed';
comment on index store.orders_placed is 'the desk''s list of orders';
comment on index store.orders_coupon is 'foreign key; uses of a coupon';

create table store.order_items (
    order_item_id bigint generated always as identity primary key,
    order_id bigint not null references store.orders on delete cascade,
    article_id bigint not null references store.articles on delete restrict,
    quantity integer not null check (quantity > 0),
    unit_price_minor bigint not null check (unit_price_minor >= 0),
    discount_minor bigint not null default 0 check (discount_minor >= 0),
    unit_cost_minor bigint check (unit_cost_minor >= 0),
    returned_quantity integer not null default 0 check (returned_quantity between 0 and quantity),
    unique (order_id, article_id),
    check (discount_minor <= quantity * unit_price_minor)
);
comment on table store.order_items is 'One article in an order at the price of that moment; discount_minor is its share of the order''s discount';
create index order_items_article on store.order_items (article_id);
comment on index store.order_items_article is 'sales of an article';

alter table store.stock_movements
    add constraint stock_movements_order_fkey foreign key (order_id) references store.orders on delete restrict;

create table store.order_status_log (
    entry_id bigint generated always as identity primary key,
    order_id bigint not null references store.orders on delete cascade,
    changed_at timestamptz not null default clock_timestamp(),
    from_status text,
    to_status text not null,
    note text not null default ''
);
comment on table store.order_status_log is 'Every change of an order''s status; two may fall into one tick of the clock';
create index order_status_log_order on store.order_status_log (order_id, entry_id);
comment on index store.order_status_log_order is 'an order''s steps, oldest first';

create table store.payments (
    payment_id bigint generated always as identity primary key,
    order_id bigint not null references store.orders on delete restrict,
    kind text not null check (kind in ('charge', 'refund')),
    status text not null default 'pending' check (status in ('pending', 'succeeded', 'failed')),
    amount_minor bigint not null check (amount_minor >= 0),
    method text not null default 'card' check (length(method) <= 40),
    provider_reference text unique,
    return_id bigint,
    requested_at timestamptz not null default now(),
    settled_at timestamptz,
    check ((status = 'pending') = (settled_at is null))
);
comment on table store.payments is 'One charge or refund asked of the payment provider; a pending one may still be called back';
create index payments_order on store.payments (order_id);
create unique index payments_one_charge on store.payments (order_id) where kind = 'charge' and status <> 'failed';
create index payments_pending on store.payments (requested_at) where status = 'pending';
comment on index store.payments_order is 'payments of an order';
comment on index store.payments_one_charge is 'an order is charged once';
comment on index store.payments_pending is 'payments to ask the provider about';

create table store.returns (
    return_id bigint generated always as identity primary key,
    order_id bigint not null references store.orders on delete restrict,
    status text not null default 'requested' check (status in ('requested', 'accepted', 'refused')),
    reason text not null default '' check (length(reason) <= 500),
    requested_at timestamptz not null default now(),
    decided_at timestamptz,
    check ((status = 'requested') = (decided_at is null))
);
comment on table store.returns is 'What a customer wants to send back; accepted means restocked and refunded';
create index returns_order on store.returns (order_id);
create index returns_open on store.returns (requested_at) where status = 'requested';
comment on index store.returns_order is 'returns of an order';
comment on index store.returns_open is 'the desk''s list of returns to decide';
alter table store.payments add constraint payments_return_fkey foreign key (return_id) references store.returns on delete restrict;
create index payments_return on store.payments (return_id) where return_id is not null;
comment on index store.payments_return is 'foreign key';

create table store.return_items (
    return_id bigint not null references store.returns on delete cascade,
    order_item_id bigint not null references store.order_items on delete restrict,
    quantity integer not null check (quantity > 0),
    refund_minor bigint not null check (refund_minor >= 0),
    primary key (return_id, order_item_id)
);
comment on table store.return_items is 'Units of an order''s line that come back, and what is refunded for them';
create index return_items_order_item on store.return_items (order_item_id);
comment on index store.return_items_order_item is 'returned units of a line';

create table store.loyalty_entries (
    entry_id bigint generated always as identity primary key,
    customer_id bigint not null references store.customers on delete cascade,
    order_id bigint references store.orders on delete restrict,
    points integer not null check (points <> 0),
    reason text not null check (reason in ('purchase', 'refund', 'review', 'correction')),
    earned_at timestamptz not null default now()
);
comment on table store.loyalty_entries is 'The ledger of loyalty points; its sum is a customer''s points';
create index loyalty_entries_customer on store.loyalty_entries (customer_id, entry_id);
create index loyalty_entries_order on store.loyalty_entries (order_id) where order_id is not null;
comment on index store.loyalty_entries_customer is 'a customer''s points history';
comment on index store.loyalty_entries_order is 'foreign key';
