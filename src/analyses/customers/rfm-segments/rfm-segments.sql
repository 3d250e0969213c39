-- One row per segment that has customers, of customers with an order before {as_of:Date} in [{period_start:Date},
-- {period_end:Date}), shop time zone. revenue_share_rate is null when the total is 0.
select
    segmented.rfm_segment as rfm_segment,
    count() as customer_count,
    count() / sum(count()) over () as customer_share_rate,
    sum(segmented.monetary_minor) as net_revenue_minor,
    net_revenue_minor / nullIf(sum(net_revenue_minor) over (), 0) as revenue_share_rate,
    avg(segmented.recency_days) as mean_recency_days,
    avg(segmented.frequency) as mean_frequency,
    avg(segmented.monetary_minor) as mean_monetary_minor
from rfm_segmented as segmented
group by rfm_segment
order by net_revenue_minor desc, rfm_segment
