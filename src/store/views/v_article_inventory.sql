-- Grain: one active article: what is on hand, what is kept for carts, what is for sale, and whether to reorder.
create or replace view store.v_article_inventory as
select
    articles.article_id,
    articles.sku,
    articles.name,
    articles.category_id,
    articles.stock_quantity,
    coalesce(kept.quantity, 0)::integer as reserved_quantity,
    greatest(0, articles.stock_quantity - coalesce(kept.quantity, 0))::integer as available_quantity,
    articles.reorder_point,
    articles.stock_quantity <= articles.reorder_point as is_low,
    restocked.last_restock_at
from store.articles
left join (
    select article_id, sum(quantity) as quantity from store.reservations where expires_at > clock_timestamp() group by article_id
) as kept using (article_id)
left join (
    select article_id, max(moved_at) as last_restock_at from store.stock_movements where kind in ('initial', 'restock') group by article_id
) as restocked using (article_id)
where articles.is_active;
