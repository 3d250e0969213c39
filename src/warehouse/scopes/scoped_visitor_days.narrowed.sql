-- The same from the events that the filters leave.
select
    event_on as day_on,
    count() as event_count,
    countIf(event_type = 'purchase') as purchase_event_count,
    uniqExactIf(customer_key, customer_key != 0) as visitor_count,
    groupBitmapStateIf(customer_key, customer_key between 1 and 4294967295) as visitors,
    groupUniqArrayIf(customer_key, customer_key >= 4294967296) as further_visitors
from scoped_events
group by event_on
