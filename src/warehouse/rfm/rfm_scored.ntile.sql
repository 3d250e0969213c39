-- Grain: one day and customer with scores 1 to 5: five bins of equal size, the first ones one larger where the number of
-- customers does not divide. Ties are broken by customer id, so that equal values can fall into different bins.
select
    customers.as_of_on as as_of_on,
    customers.customer_key as customer_key,
    customers.last_order_on as last_order_on,
    customers.recency_days as recency_days,
    customers.frequency as frequency,
    customers.monetary_minor as monetary_minor,
    toUInt8(ntile(5) over (partition by customers.as_of_on order by customers.recency_days desc, people.customer_id rows between unbounded preceding and unbounded following)) as r_score,
    toUInt8(ntile(5) over (partition by customers.as_of_on order by customers.frequency, people.customer_id rows between unbounded preceding and unbounded following)) as f_score,
    toUInt8(ntile(5) over (partition by customers.as_of_on order by customers.monetary_minor, people.customer_id rows between unbounded preceding and unbounded following)) as m_score
from rfm_customers as customers
left any join dim_customer as people on customers.customer_key = people.customer_key
