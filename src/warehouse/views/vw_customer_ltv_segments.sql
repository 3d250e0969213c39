-- Grain: one customer with an order, with the tier of the analysis ltv-tiers: 1 + the quartiles (linear interpolation) of net
-- revenue strictly below the customer's.
create or replace view vw_customer_ltv_segments as
select
    scores.customer_id as customer_id,
    scores.customer_name as customer_name,
    scores.monetary_minor as net_revenue_minor,
    ['Bronze', 'Silver', 'Gold', 'Platinum'][1 + arrayCount(cut -> cut < scores.monetary_minor, cuts.quartiles)] as ltv_tier
from vw_customer_rfm_scores as scores
cross join (
    select quantilesExactInclusive(0.25, 0.5, 0.75)(monetary_minor) as quartiles
    from vw_customer_rfm_scores
) as cuts
