-- One row per customer with an order before {as_of:Date} in [{period_start:Date}, {period_end:Date}), shop time zone: the
-- {limit:UInt32} largest by {sort:Identifier}, ties by customer id. customer_name is null when unknown.
select
    people.customer_id as customer_id,
    nullIf(people.name, '') as customer_name,
    segmented.last_order_on as last_order_on,
    segmented.recency_days as recency_days,
    segmented.frequency as frequency,
    segmented.monetary_minor as monetary_minor,
    segmented.r_score as r_score,
    segmented.f_score as f_score,
    segmented.m_score as m_score,
    concat(toString(r_score), toString(f_score), toString(m_score)) as rfm_code,
    segmented.rfm_segment as rfm_segment
from rfm_segmented as segmented
left any join dim_customer as people on segmented.customer_key = people.customer_key
order by {sort:Identifier} desc, customer_id
limit {limit:UInt32}
