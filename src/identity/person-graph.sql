-- Grain: one link that an id of the person {person_key:UInt64} has part in, followed or not.
with

ids as (

    select {person_key:UInt64} as customer_key
    union distinct
    select customer_key from dim_identity where person_key = {person_key:UInt64}

)

select
    toString(links.from_key) as from_key,
    toString(links.to_key) as to_key,
    toString(links.kind) as kind,
    links.kind != 'separation' and links.from_key in ids and links.to_key in ids as is_followed,
    links.entry as entry,
    links.batch_key as batch_key,
    if(links.entry != 0, entries.actor, batches.source) as told_by,
    toString(if(links.entry != 0, entries.happened_at, batches.started_at)) as since
from identity_links as links
left any join ops_identity_events as entries on links.entry = entries.entry
left any join (select batch_key, source, started_at from ops_batches final) as batches on links.batch_key = batches.batch_key
where links.from_key in ids or links.to_key in ids
order by since, from_key, to_key, kind
