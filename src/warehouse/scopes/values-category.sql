-- Values of the filter category that contain {search:String}, those of most products first, at most {limit:UInt32}.
select
    category as value,
    count() as row_count
from dim_product
where category != '' and ({search:String} = '' or positionCaseInsensitive(category, {search:String}) > 0)
group by value
order by row_count desc, value
limit {limit:UInt32}
