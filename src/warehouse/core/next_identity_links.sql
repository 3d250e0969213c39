-- What live batches and the journal tell of ids that are one person's. An alias is tied to the customer of its newest record. Customers with
-- one e-mail address (by its hash; {by_email:Bool}) are tied: guests to each account of the address, else to the first guest. An
-- address that is no address, or of more than {most_sharing:UInt16} customers, is nobody's own and ties nobody. Records are in
-- {records:Identifier}.
insert into next_identity_links
with

records as (

    select *
    from {records:Identifier}
    where batch_key in live_batches

),

accounts as (

    select distinct customer_key
    from records
    where is_account

),

addresses as (

    select
        customer_key as addressed_key,
        customer_key in accounts as has_account,
        argMaxIf(address_hash, (batch_key, source_row), address_hash != '') as hash,
        max(batch_key) as last_batch
    from records
    where {by_email:Bool} and address_hash != ''
    group by customer_key

),

sharers as (

    select
        arraySort(groupArrayIf(addressed_key, has_account)) as account_keys,
        arraySort(groupArrayIf((addressed_key, last_batch), not has_account)) as guests
    from addresses
    group by hash
    having count() between 2 and {most_sharing:UInt16} and notEmpty(guests)

),

entries as (

    select
        argMax(action, entry) as last_action,
        argMax(first_key, entry) as last_first_key,
        argMax(second_key, entry) as last_second_key,
        max(entry) as last_entry
    from ops_identity_events
    where
        action != 'undo'
        and entry not in (select undone_entry from ops_identity_events where action = 'undo')
    group by least(first_key, second_key), greatest(first_key, second_key)

),

links as (

    select
        anonymous_key as from_key,
        customer_key as to_key,
        'identify' as kind,
        min(batch_key) as batch_key,
        0 as entry
    from records
    where anonymous_key != 0 and anonymous_key != customer_key
    group by anonymous_key, customer_key

    union all

    select
        alias_key,
        argMax(customer_key, (batch_key, source_row)),
        'alias',
        max(batch_key),
        0
    from records
    where alias_key != customer_key
    group by alias_key

    union all

    select
        guest.1,
        arrayJoin(if(empty(account_keys), [guests[1].1], account_keys)) as target,
        'email',
        guest.2,
        0
    from sharers
    array join guests as guest
    where guest.1 != target

    union all

    select
        last_second_key,
        last_first_key,
        if(last_action = 'merge', 'merge', 'separation'),
        0,
        last_entry
    from entries

)

select
    from_key,
    to_key,
    kind,
    from_key in accounts as is_from_account,
    to_key in accounts as is_to_account,
    batch_key,
    entry
from links
