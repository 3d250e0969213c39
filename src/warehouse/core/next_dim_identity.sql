-- Devices and guests that are tied to one account and nothing else. Unless {is_whole:Bool}, those that are touched.
insert into next_dim_identity
select distinct
    from_key as customer_key,
    to_key as person_key
from next_identity_links
where
    from_key not in intricate_identities
    and to_key not in intricate_identities
    and ({is_whole:Bool} or from_key in touched_identities)
