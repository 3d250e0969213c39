-- Grain: one day of the shop's time zone, as in agg_daily. Visitors must not be summed over days.
create or replace view fact_daily_kpis as
select
    toYYYYMMDD(day_on) as time_key,
    day_on,
    event_count,
    view_count,
    cart_count,
    purchase_event_count,
    visitor_count,
    session_count,
    purchasing_session_count,
    order_count,
    unit_count,
    gross_minor as gross_revenue_minor,
    refund_minor as refunds_minor,
    gross_minor - refund_minor as net_revenue_minor
from agg_daily
