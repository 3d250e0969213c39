-- Grain: one order line of the period, dated on its own day: a sale on the order's, a return on the return's.
select
    quantity,
    unit_price_minor,
    revenue_minor
from scoped_lines
