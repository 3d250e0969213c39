-- Grain: one order line of the period, dated on its own day: a sale on the order's, a return on the return's.
select
    line_on as dated_on,
    revenue_minor
from scoped_lines
