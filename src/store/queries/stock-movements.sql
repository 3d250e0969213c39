-- The ledger of an article's stock, newest first.
select stock_movements.movement_id, stock_movements.quantity, stock_movements.kind, stock_movements.order_id, stock_movements.note, stock_movements.moved_at
from store.stock_movements
where
    stock_movements.article_id = {article_id:bigint}
    and ({after_id:bigint} is null or stock_movements.movement_id < {after_id:bigint})
order by stock_movements.movement_id desc
limit {most:integer}
