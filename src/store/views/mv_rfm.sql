-- Grain: one customer with an order that counts. Scores 1 to 5 as in the warehouse: 1 + the number of cut points (20, 40, 60
-- and 80 % quantiles, linear interpolation) strictly below the value; recency reversed so that recent is 5. As of the day
-- after the last order (UTC); what was refunded later is not taken off yet. Segments: first match wins.
create materialized view if not exists store.mv_rfm as
with as_of as (
    select max((placed_at at time zone 'UTC')::date) + 1 as day from store.v_sales_lines
),
late_refunds as (
    select returns.order_id, sum(return_items.refund_minor) as refund_minor
    from store.return_items
    join store.returns using (return_id)
    cross join as_of
    where returns.status = 'accepted' and (returns.decided_at at time zone 'UTC')::date >= as_of.day
    group by returns.order_id
),
counted_orders as (
    select
        lines.customer_id,
        lines.order_id,
        max((lines.placed_at at time zone 'UTC')::date) as ordered_on,
        sum(lines.net_minor) + coalesce(max(late_refunds.refund_minor), 0) as net_minor
    from store.v_sales_lines as lines
    left join late_refunds using (order_id)
    group by lines.customer_id, lines.order_id
),
base as (
    select
        customer_id,
        max(as_of.day) - max(ordered_on) as recency_days,
        count(*) as frequency,
        sum(net_minor)::bigint as monetary_minor
    from counted_orders
    cross join as_of
    group by customer_id
),
cuts as (
    select
        percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by recency_days) as recency,
        percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by frequency) as frequency,
        percentile_cont(array[0.2, 0.4, 0.6, 0.8]) within group (order by monetary_minor) as monetary
    from base
),
scored as (
    select
        base.*,
        5 - (select count(*) from unnest(cuts.recency) as cut (point) where point < base.recency_days) as r_score,
        1 + (select count(*) from unnest(cuts.frequency) as cut (point) where point < base.frequency) as f_score,
        1 + (select count(*) from unnest(cuts.monetary) as cut (point) where point < base.monetary_minor) as m_score
    from base
    cross join cuts
)
select
    scored.*,
    case
        when r_score >= 4 and f_score >= 4 then 'Champions'
        when r_score <= 2 and f_score >= 4 then 'Can''t Lose Them'
        when r_score >= 4 and f_score = 1 then 'New'
        when r_score >= 3 and f_score >= 3 then 'Loyal'
        when r_score <= 2 and f_score = 3 then 'Hibernating'
        when r_score <= 2 and f_score <= 2 then 'Lost'
        else 'Regular'
    end as rfm_segment
from scored;
create unique index if not exists mv_rfm_customer on store.mv_rfm (customer_id);
