-- Values of the filter country that contain {search:String}, those of most customers first, at most {limit:UInt32}.
select
    country as value,
    count() as row_count
from dim_customer
where country != '' and ({search:String} = '' or positionCaseInsensitive(country, {search:String}) > 0)
group by value
order by row_count desc, value
limit {limit:UInt32}
