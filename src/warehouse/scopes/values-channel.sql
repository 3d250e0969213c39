-- Values of the filter channel that contain {search:String}, those of most orders and sessions first, at most {limit:UInt32}.
select
    channel as value,
    order_count + session_count as row_count
from dim_channel
where {search:String} = '' or positionCaseInsensitive(channel, {search:String}) > 0
order by row_count desc, value
limit {limit:UInt32}
