-- Grain: one product and day on which its stock moved; on other days it stays as it was.
create table if not exists fct_inventory (
    product_key UInt64 comment 'Product',
    day_on Date comment 'Day in the shop''s time zone',
    on_hand_quantity Int64 comment 'Units on hand at the end of the day: the sum of all movements until then',
    lowest_quantity Int64 comment 'Fewest units on hand during the day, from its first movement on',
    sold_quantity Int64 comment 'Units that sales took, positive',
    returned_quantity Int64 comment 'Units that returns and cancelled orders brought back',
    restocked_quantity Int64 comment 'Units that came as first stock and by restocking',
    corrected_quantity Int64 comment 'Units that counting found (positive) or missed (negative)'
)
engine = MergeTree
order by (product_key, day_on)
