-- What is for sale: a tree of categories, articles, bundles of articles, and every price an article has had.
create table store.categories (
    category_id bigint generated always as identity primary key,
    parent_id bigint references store.categories on delete restrict,
    name text not null check (length(name) between 1 and 120),
    slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    position integer not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (parent_id <> category_id)
);
comment on table store.categories is 'One node of the category tree; a root has no parent; cycles are refused by a trigger';
create index categories_parent on store.categories (parent_id);
comment on index store.categories_parent is 'children of a category';

create table store.articles (
    article_id bigint generated always as identity primary key,
    sku text not null unique check (length(sku) between 1 and 64),
    name text not null check (length(name) between 1 and 200),
    description text not null default '' check (length(description) <= 5000),
    category_id bigint not null references store.categories on delete restrict,
    brand text not null default '' check (length(brand) <= 120),
    product_type text not null default '' check (length(product_type) <= 60),
    colour text not null default '' check (length(colour) <= 40),
    pattern text not null default '' check (length(pattern) <= 40),
    price_minor bigint not null check (price_minor >= 0),
    cost_minor bigint check (cost_minor >= 0),
    stock_quantity integer not null default 0 check (stock_quantity >= 0),
    reorder_point integer not null default 5 check (reorder_point >= 0),
    image_url text not null default '' check (length(image_url) <= 500),
    is_active boolean not null default true,
    search_text tsvector generated always as (
        setweight(to_tsvector('english', name), 'A')
        || setweight(to_tsvector('english', brand || ' ' || product_type || ' ' || colour), 'B')
        || setweight(to_tsvector('english', description), 'C')
    ) stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
comment on table store.articles is 'One thing for sale; stock_quantity is the sum of its stock movements, written by move_stock alone';
create index articles_category on store.articles (category_id, article_id) where is_active;
create index articles_search on store.articles using gin (search_text);
create index articles_name_trigrams on store.articles using gin (name gin_trgm_ops);
create index articles_price on store.articles (price_minor, article_id) where is_active;
create index articles_newest on store.articles (created_at desc, article_id desc) where is_active;
create index articles_low_stock on store.articles (article_id) where is_active and stock_quantity <= reorder_point;
comment on index store.articles_category is 'a category''s page';
comment on index store.articles_search is 'full-text search';
comment on index store.articles_name_trigrams is 'search with a typing error';
comment on index store.articles_price is 'catalogue sorted or bounded by price';
comment on index store.articles_newest is 'catalogue, newest first';
comment on index store.articles_low_stock is 'low-stock list';

create table store.bundle_items (
    bundle_id bigint not null references store.articles on delete cascade,
    component_id bigint not null references store.articles on delete restrict,
    quantity integer not null check (quantity between 1 and 1000),
    primary key (bundle_id, component_id),
    check (bundle_id <> component_id)
);
comment on table store.bundle_items is 'An article made of others: selling it takes its components'' stock; bundles of bundles are refused by a trigger';
create index bundle_items_component on store.bundle_items (component_id);
comment on index store.bundle_items_component is 'bundles an article is part of';

create table store.price_history (
    article_id bigint not null references store.articles on delete cascade,
    valid_from timestamptz not null default clock_timestamp(),
    price_minor bigint not null check (price_minor >= 0),
    reason text not null default '' check (length(reason) <= 200),
    primary key (article_id, valid_from)
);
comment on table store.price_history is 'Every price an article has had; the newest is its price now';

create table store.price_schedules (
    schedule_id bigint generated always as identity primary key,
    article_id bigint not null references store.articles on delete cascade,
    price_minor bigint not null check (price_minor >= 0),
    starts_at timestamptz not null,
    applied_at timestamptz,
    created_at timestamptz not null default now()
);
comment on table store.price_schedules is 'A price that takes effect later';
create index price_schedules_due on store.price_schedules (starts_at) where applied_at is null;
create index price_schedules_article on store.price_schedules (article_id);
comment on index store.price_schedules_due is 'prices due';
comment on index store.price_schedules_article is 'foreign key';

create table store.stock_movements (
    movement_id bigint generated always as identity primary key,
    article_id bigint not null references store.articles on delete restrict,
    quantity integer not null check (quantity <> 0),
    kind text not null check (kind in ('initial', 'restock', 'sale', 'cancellation', 'return', 'correction')),
    order_id bigint,
    note text not null default '' check (length(note) <= 200),
    moved_at timestamptz not null default now(),
    check ((kind = 'sale') = (quantity < 0) or kind = 'correction'),
    check ((kind in ('sale', 'cancellation', 'return')) = (order_id is not null))
);
comment on table store.stock_movements is 'The ledger of stock: what came and what went, and why; its sum is the stock';
create index stock_movements_article on store.stock_movements (article_id, movement_id);
create index stock_movements_order on store.stock_movements (order_id) where order_id is not null;
comment on index store.stock_movements_article is 'an article''s history';
comment on index store.stock_movements_order is 'what an order took and gave back';
