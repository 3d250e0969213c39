-- Grain: one channel that an order or a session came through.
create view if not exists dim_channel as
select
    channel,
    sum(orders) as order_count,
    sum(sessions) as session_count
from (
    select channel, count() as orders, 0 as sessions from fct_orders where channel != '' group by channel
    union all
    select channel, 0 as orders, count() as sessions from fct_sessions where channel != '' group by channel
)
group by channel
