-- Every person in customer files, orders or sessions; attribute by attribute the newest non-empty value of their ids counts. How
-- somebody is reached and where they live is masked here: everything that asks the warehouse reads this table.
-- Days are in {time_zone:String}. Unless {is_whole:Bool}, those who are touched.
insert into next_dim_customer
with

told as (

    select
        if(identities.person_key != 0, identities.person_key, rows.customer_key) as teller_key,
        rows.*
    from stg_customers as rows
    left any join dim_identity as identities on rows.customer_key = identities.customer_key
    where rows.batch_key in live_batches and ({is_whole:Bool} or teller_key in touched_customers)

),

records as (

    select
        teller_key as record_key,
        argMaxIf(customer_id, (batch_key, source_row), customer_key = teller_key) as customer_id,
        argMaxIf(name, (batch_key, source_row), name != '') as name,
        argMaxIf(email, (batch_key, source_row), email != '') as email,
        argMaxIf(address, (batch_key, source_row), address != '') as address,
        argMaxIf(city, (batch_key, source_row), city != '') as city,
        argMaxIf(region, (batch_key, source_row), region != '') as region,
        argMaxIf(postal_code, (batch_key, source_row), postal_code != '') as postal_code,
        argMaxIf(country, (batch_key, source_row), country != '') as country,
        argMaxIf(gender, (batch_key, source_row), gender != '') as gender,
        argMax(age, (batch_key, source_row)) as age,
        argMax(registered_at, (batch_key, source_row)) as registered_at,
        argMax(is_active, (batch_key, source_row)) as is_active,
        argMax(loyalty_score, (batch_key, source_row)) as loyalty_score,
        arrayFold(
            (merged, one) -> mapUpdate(merged, cast(one.2, 'Map(String, String)')),
            arraySort(
                one -> one.1,
                groupArrayIf(((batch_key, source_row), attributes), notEmpty(attributes))
            ),
            cast(map(), 'Map(String, String)')
        ) as attributes
    from told
    group by teller_key

),

order_countries as (

    select
        customer_key,
        argMax(country, (placed_at, order_key)) as order_country
    from fct_orders
    where country != '' and ({is_whole:Bool} or customer_key in touched_customers)
    group by customer_key

),

people as (

    select record_key as customer_key from records
    union distinct
    select customer_key from fct_orders where customer_key != 0 and ({is_whole:Bool} or customer_key in touched_customers)
    union distinct
    select customer_key from fct_sessions where customer_key != 0 and ({is_whole:Bool} or customer_key in touched_customers)
    union distinct
    select customer_key
    from person_events
    where
        customer_key != 0
        and (is_derived or event_type = 'purchase')
        and ({is_whole:Bool} or customer_key in touched_customers)

),

hashed_ids as (

    select
        customer_key,
        min(customer_id) as hashed_id
    from stg_customer_ids
    where {is_whole:Bool} or customer_key in touched_customers
    group by customer_key

)

select
    people.customer_key,
    multiIf(
        records.customer_id != '', records.customer_id,
        people.customer_key < 9223372036854775808, toString(people.customer_key),
        hashed_ids.hashed_id
    ) as customer_id,
    records.name,
    mask_email(records.email) as email,
    mask_start(records.address) as address,
    records.city,
    records.region,
    mask_start(records.postal_code) as postal_code,
    if(records.country != '', records.country, order_countries.order_country) as country,
    records.gender,
    records.age,
    toDate(records.registered_at, {time_zone:String}) as registered_on,
    records.is_active,
    records.loyalty_score,
    mask_attributes(records.attributes) as attributes
from people
left any join records on people.customer_key = records.record_key
left any join order_countries on people.customer_key = order_countries.customer_key
left any join hashed_ids on people.customer_key = hashed_ids.customer_key
