-- Grain: one row per customer with an order. The analysis rfm-scores over all days of the data; generated from it by `npm run generate`, not
-- to be edited.
create or replace view vw_customer_rfm_scores as
with

scoped_lines as (
    select
        order_key,
        line_at,
        line_on,
        ordered_on,
        customer_key,
        product_key,
        channel,
        country,
        quantity,
        unit_price_minor,
        discount_minor,
        revenue_minor,
        unit_cost_minor,
        margin_minor,
        is_return,
        is_adjustment
    from fct_order_lines
    where
        line_on >= assumeNotNull((select min(day_on) from agg_daily))
        and line_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and (not is_cancelled or false)
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), channel))
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), country))

),

scoped_orders as (
    select
        order_key,
        order_id,
        status,
        channel,
        customer_key,
        country,
        placed_at,
        ordered_on,
        line_count,
        unit_count,
        gross_minor,
        refunded_minor,
        net_minor,
        discount_minor,
        tax_minor,
        shipping_minor
    from fct_orders
    where
        ordered_on >= assumeNotNull((select min(day_on) from agg_daily))
        and ordered_on < assumeNotNull((select max(day_on) + 1 from agg_daily))
        and has_positive_line
        and (not is_cancelled or false)
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), channel))
        and (empty(cast([], 'Array(String)')) or has(cast([], 'Array(String)'), country))

),

rfm_dates as (
    select assumeNotNull((select max(ordered_on) + 1 from fct_orders where has_positive_line)) as as_of_on

),

rfm_customers as (
    select
        buyers.buyer_as_of_on as as_of_on,
        buyers.buyer_key as customer_key,
        buyers.last_order_on as last_order_on,
        dateDiff('day', buyers.last_order_on, buyers.buyer_as_of_on) as recency_days,
        buyers.frequency as frequency,
        amounts.monetary_minor as monetary_minor
    from (
        select
            dates.as_of_on as buyer_as_of_on,
            orders.customer_key as buyer_key,
            max(orders.ordered_on) as last_order_on,
            count() as frequency
        from scoped_orders as orders
        cross join rfm_dates as dates
        where orders.customer_key != 0 and orders.ordered_on < dates.as_of_on
        group by buyer_as_of_on, buyer_key
    ) as buyers
    left any join (
        select
            dates.as_of_on as paid_as_of_on,
            lines.customer_key as paying_key,
            sum(lines.revenue_minor) as monetary_minor
        from scoped_lines as lines
        cross join rfm_dates as dates
        where lines.customer_key != 0 and lines.line_on < dates.as_of_on
        group by paid_as_of_on, paying_key
    ) as amounts on buyers.buyer_key = amounts.paying_key and buyers.buyer_as_of_on = amounts.paid_as_of_on

),

rfm_scored as (
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

),

rfm_segmented as (
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

)

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
order by monetary_minor desc, customer_id
limit cast('4000000000', 'UInt32')
