-- Events of the period, only those of the chosen brands, categories, countries and segments, without flagged traffic if asked.
select *
from events_in_period
where
    ((empty({brand:Array(String)}) and empty({category:Array(String)})) or product_key in scoped_products)
    and ((empty({country:Array(String)}) and empty({segment:Array(String)})) or customer_key in scoped_customers)
    and (
        {traffic:String} = 'everyone'
        or (
            not is_bot
            and not is_staff
            and customer_key not in (select customer_key from dim_staff)
            and (customer_key, if(customer_key = 0, source_key, 0), event_on) not in flagged_days
        )
    )
