-- Values of the filter brand that contain {search:String}, those of most products first, at most {limit:UInt32}.
select
    brand as value,
    count() as row_count
from dim_product
where brand != '' and ({search:String} = '' or positionCaseInsensitive(brand, {search:String}) > 0)
group by value
order by row_count desc, value
limit {limit:UInt32}
