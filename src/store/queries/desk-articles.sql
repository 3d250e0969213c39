-- Articles with stock and cost, also those taken off sale; text matches the SKU's or name's letters (null: all). By id.
select
    articles.article_id, articles.sku, articles.name, categories.slug as category, articles.brand, articles.price_minor, articles.cost_minor,
    articles.stock_quantity, articles.reorder_point, articles.is_active, articles.updated_at
from store.articles
join store.categories using (category_id)
where
    ({text:text} is null or articles.sku = {text:text} or articles.name ilike '%' || replace(replace(replace({text:text}, '\', '\\'), '%', '\%'), '_', '\_') || '%')
    and ({after_id:bigint} is null or articles.article_id > {after_id:bigint})
order by articles.article_id
limit {most:integer}
