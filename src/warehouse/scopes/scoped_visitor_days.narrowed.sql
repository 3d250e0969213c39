-- The same from the events that the filters leave.
select
    event_on as day_on,
    count() as event_count,
    countIf(event_type = 'purchase') as purchase_event_count,
    uniqExactIf(customer_key, customer_key != 0) as visitor_count,
    groupBitmapStateIf(customer_key, customer_key != 0) as visitors
from scoped_events
group by event_on
