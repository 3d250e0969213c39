-- Grain: one row, the quartiles of net revenue over all customers with an order.
select quantilesExactInclusive(0.25, 0.5, 0.75)(net_revenue_minor) as points
from scoped_buyers
