-- Grain: one article, as the warehouse takes it; its category is the path of names from the root.
create or replace view store.v_out_articles as
with recursive paths as (
    select category_id, replace(name, '.', ' ') as path from store.categories where parent_id is null
    union all
    select categories.category_id, paths.path || '.' || replace(categories.name, '.', ' ')
    from store.categories
    join paths on paths.category_id = categories.parent_id
)
select
    articles.article_id::text as subject_id,
    articles.sku as product_id,
    articles.name,
    paths.path as category,
    articles.brand,
    articles.price_minor,
    articles.cost_minor,
    articles.stock_quantity,
    articles.product_type,
    articles.colour
from store.articles
join paths using (category_id);
