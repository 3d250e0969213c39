-- Grain: one customer, who joins on the day of the first activity ever.
select
    activity.customer_key as member_key,
    min(activity.active_on) as joined_on
from customer_activity as activity
group by member_key
