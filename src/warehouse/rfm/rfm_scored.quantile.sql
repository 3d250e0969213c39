-- Grain: one day and customer with scores 1 to 5: 1 + the number of cut points (quantiles 20, 40, 60 and 80 % of the day, linear
-- interpolation) strictly below the value. Recency is turned round, so that the most recent score 5.
select
    customers.as_of_on as as_of_on,
    customers.customer_key as customer_key,
    customers.last_order_on as last_order_on,
    customers.recency_days as recency_days,
    customers.frequency as frequency,
    customers.monetary_minor as monetary_minor,
    toUInt8(5 - arrayCount(cut -> cut < customers.recency_days, cuts.recency_cuts)) as r_score,
    toUInt8(1 + arrayCount(cut -> cut < customers.frequency, cuts.frequency_cuts)) as f_score,
    toUInt8(1 + arrayCount(cut -> cut < customers.monetary_minor, cuts.monetary_cuts)) as m_score
from rfm_customers as customers
inner join (
    select
        as_of_on as cut_as_of_on,
        quantilesExactInclusive(0.2, 0.4, 0.6, 0.8)(recency_days) as recency_cuts,
        quantilesExactInclusive(0.2, 0.4, 0.6, 0.8)(frequency) as frequency_cuts,
        quantilesExactInclusive(0.2, 0.4, 0.6, 0.8)(monetary_minor) as monetary_cuts
    from rfm_customers
    group by cut_as_of_on
) as cuts on customers.as_of_on = cuts.cut_as_of_on
