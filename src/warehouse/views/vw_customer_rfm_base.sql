-- Grain: one customer with an order: recency, frequency and monetary value before they are scored, see vw_customer_rfm_scores.
create or replace view vw_customer_rfm_base as
select
    customer_id,
    customer_name,
    last_order_on,
    recency_days,
    frequency,
    monetary_minor
from vw_customer_rfm_scores
