-- Grain: one day and customer with scores and segment; the first matching line names the segment.
select
    scored.as_of_on as as_of_on,
    scored.customer_key as customer_key,
    scored.last_order_on as last_order_on,
    scored.recency_days as recency_days,
    scored.frequency as frequency,
    scored.monetary_minor as monetary_minor,
    scored.r_score as r_score,
    scored.f_score as f_score,
    scored.m_score as m_score,
    multiIf(
        scored.r_score >= 4 and scored.f_score >= 4, 'Champions',
        scored.r_score <= 2 and scored.f_score >= 4, 'Can''t Lose Them',
        scored.r_score >= 4 and scored.f_score = 1, 'New',
        scored.r_score >= 3 and scored.f_score >= 3, 'Loyal',
        scored.r_score <= 2 and scored.f_score = 3, 'Hibernating',
        scored.r_score <= 2 and scored.f_score <= 2, 'Lost',
        'Regular'
    ) as rfm_segment
from rfm_scored as scored
