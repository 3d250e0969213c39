-- RFM segments with customers, their share, mean scores and revenue, as of the last refresh.
select
    mv_rfm.rfm_segment,
    count(*) as customer_count,
    count(*)::numeric / sum(count(*)) over () as customer_rate,
    avg(mv_rfm.recency_days) as mean_recency_days,
    avg(mv_rfm.frequency) as mean_frequency,
    sum(mv_rfm.monetary_minor)::bigint as monetary_minor
from store.mv_rfm
group by mv_rfm.rfm_segment
order by customer_count desc, mv_rfm.rfm_segment
