-- Grain: one order line whose id had been loaded before. It counts again when the batch that brought the first is undone.
create table if not exists held_order_lines as stg_order_lines
