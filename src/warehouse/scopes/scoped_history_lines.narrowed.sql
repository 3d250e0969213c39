-- Lines of the period and the days before it, only those of the chosen brands, categories and segments, without flagged traffic if asked.
select *
from history_lines_in_period
where
    ((empty({brand:Array(String)}) and empty({category:Array(String)})) or product_key in scoped_products)
    and (empty({segment:Array(String)}) or customer_key in segment_customers)
    and (
        {traffic:String} = 'everyone'
        or (
            customer_key not in (select customer_key from dim_staff)
            and (customer_key, toUInt64(0), ordered_on) not in flagged_days
        )
    )
