-- What records of customers say of ids. Unless {is_whole:Bool}, those of the batches {added:Array(UInt32)}.
-- An address is compared in small letters and without blanks around it, by its SHA-256; a source may send that itself.
insert into next_identity_records
select
    batch_key,
    source_row,
    customer_key,
    alias_key,
    natural_key(attributes['anonymous_id']) as anonymous_key,
    multiIf(
        email = '', '',
        match(lowerUTF8(trimBoth(email)), '^[0-9a-f]{64}$'), unhex(lowerUTF8(trimBoth(email))),
        position(trimBoth(email), '@') > 1, SHA256(lowerUTF8(trimBoth(email))),
        ''
    ) as address_hash,
    registered_at is not null
        or is_active is not null
        or alias_key != customer_key
        or (message_id != '' and anonymous_key != customer_key) as is_account
from stg_customers
where batch_key in live_batches and ({is_whole:Bool} or batch_key in {added:Array(UInt32)})
