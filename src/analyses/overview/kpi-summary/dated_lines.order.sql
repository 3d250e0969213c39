-- Grain: one order line of an order of the period, returns included whenever they came.
select
    quantity,
    unit_price_minor,
    revenue_minor
from scoped_lines_by_order
