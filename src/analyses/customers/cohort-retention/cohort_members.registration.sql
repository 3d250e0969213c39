-- Grain: one customer whose day of registration is known, who joins on that day.
select
    customer_key as member_key,
    assumeNotNull(registered_on) as joined_on
from dim_customer
where
    registered_on is not null
    and (
        (empty({country:Array(String)}) and empty({segment:Array(String)}) and {traffic:String} = 'everyone')
        or customer_key in scoped_customers
    )
