-- One row per pair of recency and frequency score that has customers, of customers with an order before {as_of:Date} in
-- [{period_start:Date}, {period_end:Date}), shop time zone.
select
    segmented.r_score as r_score,
    segmented.f_score as f_score,
    count() as customer_count,
    sum(segmented.monetary_minor) as net_revenue_minor
from rfm_segmented as segmented
group by r_score, f_score
order by r_score, f_score
