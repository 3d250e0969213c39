-- Grain: one movement of an article's stock, as the warehouse takes it.
create or replace view store.v_out_movements as
select
    stock_movements.movement_id::text as subject_id,
    'S-' || stock_movements.movement_id as movement_id,
    articles.sku as product_id,
    store.utc_text(stock_movements.moved_at) as moved_at,
    stock_movements.quantity,
    stock_movements.kind as movement_type
from store.stock_movements
join store.articles using (article_id);
