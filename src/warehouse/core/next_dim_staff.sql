-- Persons of the ids {staff_ids:Array(String)}, and those of whom a live record has one of the addresses
-- {staff_addresses:Array(String)} (compared by their hashes, as who is one person is) or an address of {staff_domains:Array(String)}.
-- All in small letters, domains with their @. Only who is known here: an id that was erased is nobody's.
insert into next_dim_staff
with

named as (

    select natural_key(staff_id) as named_key
    from (select arrayJoin({staff_ids:Array(String)}) as staff_id)

    union distinct

    select customer_key
    from identity_records
    where
        batch_key in live_batches
        and address_hash in (select SHA256(arrayJoin({staff_addresses:Array(String)})))

    union distinct

    select customer_key
    from stg_customers
    where
        batch_key in live_batches
        and notEmpty({staff_domains:Array(String)})
        and has({staff_domains:Array(String)}, substring(lowerUTF8(trimBoth(email)), position(lowerUTF8(trimBoth(email)), '@')))

),

persons as (

    select if(identities.person_key != 0, identities.person_key, named.named_key) as staff_key
    from named
    left any join dim_identity as identities on named.named_key = identities.customer_key

)

select customer_key
from dim_customer
where customer_key in (select staff_key from persons)
