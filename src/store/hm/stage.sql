-- Rows of the H&M files as they are read, until they are put together; gone with the transaction.
create temp table hm_articles (
    article_id text not null, name text not null, description text not null, product_type text not null, product_group text not null,
    index_group text not null, colour text not null, pattern text not null
) on commit drop;

create temp table hm_customers (customer_id text not null, age integer) on commit drop;

create temp table hm_transactions (
    bought_on date not null, customer_id text not null, article_id text not null, price_minor bigint not null, channel text not null
) on commit drop;
