-- One row with the key of the id {id:String} when a landed row, a link or an entry has it; none otherwise.
select toString(found.known_key) as known_key
from (
    select natural_key({id:String}) as known_key
) as found
where
    found.known_key != 0
    and (
        found.known_key in (select customer_key from fct_events where customer_key = natural_key({id:String}) limit 1)
        or found.known_key in (select customer_key from stg_customers where customer_key = natural_key({id:String}))
        or found.known_key in (select customer_key from stg_orders where customer_key = natural_key({id:String}))
        or found.known_key in (select customer_key from stg_order_lines where customer_key = natural_key({id:String}))
        or found.known_key in (
            select arrayJoin([from_key, to_key])
            from identity_links
            where from_key = natural_key({id:String}) or to_key = natural_key({id:String})
        )
    )
