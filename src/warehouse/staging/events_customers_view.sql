-- Writes the natural ids of customers whose key is a hash.
create materialized view if not exists events_customers_view to stg_customer_ids as
select
    customer_key,
    customer_id
from in_events
where customer_key >= 9223372036854775808
group by customer_key, customer_id
