-- Grain: one order line of an order of the period, dated on the order's day whenever it came back.
select
    ordered_on as dated_on,
    revenue_minor
from scoped_lines_by_order
