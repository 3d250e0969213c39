-- Grain: one person who works for the shop, by the settings `traffic.staff_ids` and `traffic.staff_emails`. What they did and
-- ordered, on any day, is left out of `traffic=people`; it stays in all other numbers.
create table if not exists dim_staff (
    customer_key UInt64 comment 'Person'
)
engine = MergeTree
order by customer_key
