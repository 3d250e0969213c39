-- Visitors and the days on which they are flagged; who is staff is in dim_staff.
select
    customer_key,
    session_key,
    day_on
from agg_flagged_daily
