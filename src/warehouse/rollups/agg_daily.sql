-- Grain: one day of the shop's time zone. Additive parts, and the exact number of distinct visitors of the day, which
-- must not be summed over days.
create table if not exists agg_daily (
    day_on Date comment 'The day',
    event_count UInt64 comment 'Events of any kind',
    view_count UInt64 comment 'View events',
    cart_count UInt64 comment 'Cart additions',
    purchase_event_count UInt64 comment 'Purchase events',
    visitor_count UInt64 comment 'Distinct customers and visitors with an event that day; not additive',
    session_count UInt64 comment 'Sessions started',
    purchasing_session_count UInt64 comment 'Of those, with a purchase event',
    order_count UInt64 comment 'Orders placed with a positive line, cancelled ones left out',
    unit_count Int64 comment 'Units on positive lines, cancelled orders left out',
    gross_minor Int64 comment 'Positive lines after discount, cancelled orders left out',
    refund_minor Int64 comment 'Minus the sum of negative lines dated that day, cancelled orders left out'
)
engine = MergeTree
partition by toYYYYMM(day_on)
order by day_on
