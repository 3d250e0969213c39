-- Grain: one customer with an order before {period_end:Date} whose tier of net revenue is among those named: 1 + the number of
-- quartiles (linear interpolation) strictly below the value, as the analysis ltv-tiers has it.
select buyers.customer_key as customer_key
from scoped_buyers as buyers
cross join tier_cuts
where has(
    {tier:Array(String)},
    ['Bronze', 'Silver', 'Gold', 'Platinum'][1 + arrayCount(point -> point < buyers.net_revenue_minor, tier_cuts.points)]
)
