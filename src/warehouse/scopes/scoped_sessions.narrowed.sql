-- Sessions of the period, only those with an event of the chosen brands and categories, of customers of the chosen countries, without
-- flagged traffic if asked.
select *
from sessions_in_period
where
    ((empty({country:Array(String)}) and empty({segment:Array(String)})) or customer_key in scoped_customers)
    and (
        (empty({brand:Array(String)}) and empty({category:Array(String)}))
        or arrayExists(product -> product in scoped_products, product_keys)
    )
    and (
        {traffic:String} = 'everyone'
        or (
            customer_key not in (select customer_key from dim_staff)
            and (customer_key, if(customer_key = 0, source_key, 0), started_on) not in flagged_days
        )
    )
