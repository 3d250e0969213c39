-- Days with an event in [{period_start:Date}, {period_end:Date}), from the rollups: how many events, purchases and distinct
-- visitors, and who they were, as sets that merge over days. Purchases derived from order lines are included.
select
    agg_daily.day_on as day_on,
    agg_daily.event_count as event_count,
    agg_daily.purchase_event_count as purchase_event_count,
    agg_daily.visitor_count as visitor_count,
    agg_visitor_daily.visitors as visitors,
    agg_visitor_daily.further_visitors as further_visitors
from agg_daily
left any join agg_visitor_daily on agg_daily.day_on = agg_visitor_daily.day_on
where
    agg_daily.day_on >= {period_start:Date}
    and agg_daily.day_on < {period_end:Date}
    and agg_daily.event_count > 0
