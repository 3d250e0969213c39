-- Grain: one order of the operational store that counts (paid and not cancelled), as the store itself totals it; taken anew
-- by `cartwright store reconcile`.
create table if not exists ops_store_orders (
    order_id String comment 'Natural id of the order',
    placed_at DateTime64(3, 'UTC') comment 'Instant the order was placed, UTC',
    gross_minor Int64 comment 'Lines after discount, minor units',
    refunds_minor Int64 comment 'Refunded for accepted returns, minor units',
    unit_count Int64 comment 'Units sold, less those returned'
)
engine = MergeTree
order by order_id
settings fsync_after_insert = 1, fsync_part_directory = 1
