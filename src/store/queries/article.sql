-- One row: an article for sale with what others have not reserved of it, its stars (approved reviews; null without any) and,
-- for a bundle, its components as [{"article_id", "name", "quantity"}].
select
    articles.article_id, articles.sku, articles.name, articles.description, articles.brand, articles.product_type,
    articles.colour, articles.pattern, categories.slug as category, articles.price_minor, articles.image_url,
    store.available_quantity(articles.article_id) as available_quantity,
    voices.review_count,
    voices.mean_rating,
    parts.components
from store.articles
join store.categories using (category_id)
cross join lateral (
    select count(*) as review_count, avg(reviews.rating) as mean_rating
    from store.reviews
    where reviews.article_id = articles.article_id and reviews.status = 'approved'
) as voices
cross join lateral (
    select coalesce(
        jsonb_agg(jsonb_build_object('article_id', bundle_items.component_id, 'name', components.name, 'quantity', bundle_items.quantity) order by bundle_items.component_id),
        '[]'
    ) as components
    from store.bundle_items
    join store.articles as components on components.article_id = bundle_items.component_id
    where bundle_items.bundle_id = articles.article_id
) as parts
where articles.article_id = {article_id:bigint} and articles.is_active
