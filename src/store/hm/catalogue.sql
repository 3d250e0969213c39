-- $1 newest day. Categories: the index group (Ladieswear, Sport, ...) and below it the product group. An article costs what it was last sold
-- for; one that was never sold is not for sale.
insert into store.categories (name, slug, position)
select distinct on (slug) named.name, named.slug, 0
from (
    select index_group as name, trim(both '-' from regexp_replace(lower(index_group), '[^a-z0-9]+', '-', 'g')) as slug
    from hm_articles
) as named
where named.slug <> ''
order by named.slug, named.name;

insert into store.categories (parent_id, name, slug, position)
select distinct on (named.slug) parents.category_id, named.product_group, named.slug, 0
from (
    select
        product_group,
        trim(both '-' from regexp_replace(lower(index_group), '[^a-z0-9]+', '-', 'g')) as parent_slug,
        trim(both '-' from regexp_replace(lower(concat_ws(' ', index_group, product_group)), '[^a-z0-9]+', '-', 'g')) as slug
    from hm_articles
) as named
left join store.categories as parents on parents.slug = named.parent_slug
order by named.slug, named.product_group
on conflict (slug) do nothing;

insert into store.articles (sku, name, description, category_id, brand, product_type, colour, pattern, price_minor, is_active, created_at)
select
    articles.article_id, left(articles.name, 200), left(articles.description, 5000), categories.category_id, 'H&M',
    left(articles.product_type, 60), left(articles.colour, 40), left(articles.pattern, 40),
    coalesce(sold.price_minor, 0), sold.price_minor is not null, coalesce(sold.first_on, $1::date)::timestamptz
from hm_articles as articles
join store.categories
    on categories.slug = trim(both '-' from regexp_replace(lower(concat_ws(' ', nullif(articles.index_group, ''), articles.product_group)), '[^a-z0-9]+', '-', 'g'))
left join (
    select
        article_id,
        min(bought_on) as first_on,
        (array_agg(price_minor order by bought_on desc, price_minor desc))[1] as price_minor
    from hm_transactions
    group by article_id
) as sold on sold.article_id = articles.article_id;

select store.learn_search_words(string_agg(distinct concat_ws(' ', articles.name, articles.brand, articles.product_type, articles.colour), ' '))
from store.articles;
