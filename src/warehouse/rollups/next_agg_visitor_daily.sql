-- Days in [{first_on:Date}, {last_on:Date}], from the facts.
insert into next_agg_visitor_daily
select
    event_on as day_on,
    groupBitmapState(customer_key) as visitors
from person_events
where event_on >= {first_on:Date} and event_on <= {last_on:Date} and customer_key != 0
group by event_on
